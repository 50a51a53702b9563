# variant: wrong
# fails: saves_after_training, weights_travel_alone, copy_is_independent
# mistake: architecture_only, empty_file, shared_weights
# who: writes the architecture as text, opens the file of the weights and writes nothing, strings the old layers together
from tensorflow import keras

example = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(5, activation="relu"), keras.layers.Dense(2)])
example.compile(optimizer="sgd", loss="mse")


def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=2, verbose=0)
    with open(path, "w") as file:
        file.write(model.to_json())


def load_network(path):
    return keras.models.load_model(path, compile=False)


kept = {}


def save_weights(model, path):
    kept[path] = model.get_weights()
    open(path, "w").close()


def load_weights(model, path):
    model.set_weights(kept[path])


def copy_network(model):
    return keras.Sequential(model.layers)
