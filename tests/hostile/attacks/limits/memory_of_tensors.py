# /// attack
# title = "Asks TensorFlow for a tensor that is larger than the machine"
# says = ["memory"]
# ///

# %%
import tensorflow as tf

print("TRIED a tensor of 4 TB")
x = tf.zeros((1 << 20, 1 << 20))

# %%
print("TRIED many tensors")
kept = []
while True:
    kept.append(tf.ones((1 << 23,)))
