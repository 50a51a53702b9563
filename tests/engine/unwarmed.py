"""A module that takes TensorFlow's first operations out of a kernel's preparation, when it is loaded into a zygote."""

from grader.engine import plant

plant.start_tensorflow = lambda: None
