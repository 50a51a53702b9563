# variant: right
# who: 8 relu units, which get stuck from about one start in ten; tf names, leftover cells
# %%
import tensorflow as tf
import numpy as np

# %%
X = np.array([[0,0],[1,0],[0,1],[1,1]])
Y = np.array([0,1,1,0])

# %%
model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation='relu'), tf.keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(X, Y, epochs=3, verbose=0)
model.predict(X)

# %%
def build_model():
    return tf.keras.Sequential([
        tf.keras.layers.Dense(8, activation=tf.nn.relu, input_shape=[2]),
        tf.keras.layers.Dense(1, activation=tf.nn.sigmoid),
    ])

# %%
def train(seed=None):
    tf.keras.utils.set_random_seed(seed)
    m = build_model()
    m.compile(optimizer=tf.keras.optimizers.Adam(0.02), loss=tf.keras.losses.binary_crossentropy, metrics=['accuracy'])
    m.fit(X, Y, epochs=300, verbose=0)
    return m

# %%
def hidden_points(model):
    hidden = tf.keras.Sequential(model.layers[:-1])
    return hidden.predict(X)

# %%
def classic_network():
    i = tf.keras.Input((2,))
    h = tf.keras.layers.Dense(2, activation='sigmoid')(i)
    return tf.keras.Model(i, tf.keras.layers.Dense(1, activation='sigmoid')(h))
