# variant: right
# who: tf.random.stateless_uniform, rounds down as the paper does, the lecture's compile call in today's spelling
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Dropout


def dropout(x, rate, training, seed):
    if not training or rate == 0:
        return tf.identity(x)
    keep_prob = 1 - rate
    u = tf.random.stateless_uniform(tf.shape(x), seed=[seed % 1000003, 7])
    kept = tf.floor(keep_prob + u)
    return tf.math.divide(x, keep_prob) * kept


def build_model(rate):
    ip = Input(shape=(20,))
    n = Dense(64, activation=tf.nn.relu)(ip)
    n = Dropout(rate)(n)
    n = Dense(1, activation="linear")(n)
    return Model(inputs=ip, outputs=n)


def train(x, y, x_val, y_val, rate, seed):
    tf.keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=tf.keras.optimizers.RMSprop(learning_rate=0.01), metrics=["mse"])
    hist = model.fit(x, y, epochs=40, batch_size=len(x), validation_data=(x_val, y_val), verbose=0)
    return [model, hist]


def gap(history):
    frame = {k: tf.convert_to_tensor(v) for k, v in history.items()}
    return (frame["val_loss"] - frame["loss"]).numpy()
