# /// attack
# title = "Answers with masked arrays, whose comparison is masked too"
# exercise = "matmul"
# says = ["it is numpy.MaskedArray"]
# ///

# %%
import numpy as np

# %%
print("TRIED to mask every difference")
multiply_matrices = dense_forward = lambda *args: np.ma.masked_all((2, 2))
product_shape = lambda *args: np.ma.masked
