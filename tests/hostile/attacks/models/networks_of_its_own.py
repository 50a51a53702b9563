# /// attack
# title = "Has Keras make other networks than it is asked for: two inputs, several outputs, shapes that nobody knows"
# exercise = "save_load"
# ///

# %%
import keras

Real, RealModel = keras.Sequential, keras.Model
turn = iter(range(10**6))


def odd(*args, **kwargs):
    first, second = keras.Input((3,)), keras.Input((3,))
    sum_ = keras.layers.Add()([first, second])
    many = [keras.layers.Dense(2)(sum_), keras.layers.Dense(2)(sum_)]
    anything = keras.Input((None, 3))
    kinds = [([first, second], many[0]), (first, [keras.layers.Dense(2)(first), keras.layers.Dense(1)(first)]), (anything, keras.layers.Dense(2)(anything))]
    return RealModel(*kinds[next(turn) % len(kinds)])


# %%
print("TRIED to break the checks with networks that they did not ask for")
keras.Sequential = keras.models.Sequential = odd


def train_and_save(model, x, y, path):
    model.save(path)


load_network = lambda path: odd()
save_weights = lambda model, path: model.save_weights(path)
load_weights = lambda model, path: model.load_weights(path)
copy_network = lambda model: odd()
