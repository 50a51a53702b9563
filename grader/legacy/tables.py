"""Old names and what took their place. Each is measured in `tests/legacy/examples.py`, one of a kind at least."""

from __future__ import annotations

KEYWORDS = {  # by callable: old name -> new name
    "Dense": {"init": "kernel_initializer", "W_regularizer": "kernel_regularizer", "b_regularizer": "bias_regularizer", "output_dim": "units"},
    "Conv2D": {"init": "kernel_initializer", "border_mode": "padding", "subsample": "strides", "nb_filter": "filters"},
    "Dropout": {"p": "rate"},
}  # fmt: skip
FIT_KEYWORDS = {
    "fit": {"nb_epoch": "epochs", "epoch": "epochs", "generator": "x"},
    "evaluate": {"generator": "x"},
    "predict": {"generator": "x"},
}
FIT_GONE = ("workers", "use_multiprocessing", "max_queue_size", "show_accuracy", "samples_per_epoch", "nb_val_samples")
TF_RENAMED = {
    "tf.set_random_seed": "tf.random.set_seed", "tf.random_normal": "tf.random.normal",
    "tf.random_uniform": "tf.random.uniform", "tf.truncated_normal": "tf.random.truncated_normal",
    "tf.random_shuffle": "tf.random.shuffle", "tf.log": "tf.math.log", "tf.ceil": "tf.math.ceil",
    "tf.mul": "tf.multiply", "tf.sub": "tf.subtract", "tf.neg": "tf.negative", "tf.matrix_inverse": "tf.linalg.inv",
    "tf.matrix_determinant": "tf.linalg.det", "tf.arg_max": "tf.argmax", "tf.arg_min": "tf.argmin", "tf.lgamma": "tf.math.lgamma",
    "tf.diag": "tf.linalg.diag", "tf.cross": "tf.linalg.cross",
    "tf.erf": "tf.math.erf", "tf.log1p": "tf.math.log1p", "tf.rsqrt": "tf.math.rsqrt", "tf.mod": "tf.math.floormod",
    "tf.squared_difference": "tf.math.squared_difference", "tf.batch_matmul": "tf.matmul", "tf.select": "tf.where",
    "tf.multinomial": "tf.random.categorical", "tf.gfile": "tf.io.gfile", "tf.is_finite": "tf.math.is_finite",
    "tf.nn.softmax_cross_entropy_with_logits_v2": "tf.nn.softmax_cross_entropy_with_logits",
    "tf.count_nonzero": "tf.math.count_nonzero", "tf.is_nan": "tf.math.is_nan", "tf.is_inf": "tf.math.is_inf", "tf.pack": "tf.stack",
}  # fmt: skip
TF_CASTS = {"tf.to_float": "float32", "tf.to_int32": "int32", "tf.to_int64": "int64", "tf.to_double": "float64"}
TF1_OPTIMIZERS = {
    "tf.train.GradientDescentOptimizer": "SGD",
    "tf.train.MomentumOptimizer": "SGD",
    "tf.train.AdamOptimizer": "Adam",
    "tf.train.AdagradOptimizer": "Adagrad",
    "tf.train.RMSPropOptimizer": "RMSprop",
}
TF1_ONLY = (
    "tf.Session", "tf.InteractiveSession", "tf1.Session", "tf1.placeholder", "tf.placeholder", "tf.sparse_placeholder",
    "keras.backend.get_session", "keras.backend.set_session",
)  # fmt: skip
TF1_START = ("tf.global_variables_initializer", "tf.initialize_all_variables")
TF_GONE = {
    "tf.get_variable": "tf.Variable(initial_value, name=...)",
    "tf.div": "tf.divide(a, b)",
    "tf.layers": "keras.layers",
    "tf.assign": "v.assign(value)",
    "tf.assign_add": "v.assign_add(value)",
    "tf.variable_scope": "tf.name_scope(name)",
    "tf.train.Saver": "tf.train.Checkpoint(model=model)",
    "tf.summary.FileWriter": "tf.summary.create_file_writer(folder)",
    "tf.losses.mean_squared_error": "keras.losses.MeanSquaredError()",
}
NP_RENAMED = {"np.int": "int", "np.float": "float", "np.object": "object", "np.str": "str", "np.complex": "complex"}
MODEL_KEYWORDS = {"input": "inputs", "output": "outputs"}
MODEL_RENAMED = {
    "fit_generator": "fit",
    "evaluate_generator": "evaluate",
    "predict_generator": "predict",
    "predict_proba": "predict",
}
KERAS_MODULES = {
    "keras.layers.core": "layers", "keras.layers.convolutional": "layers", "keras.layers.normalization": "layers",
    "keras.layers.recurrent": "layers", "keras.layers.embeddings": "layers", "keras.layers.advanced_activations": "layers",
    "keras.layers.pooling": "layers", "keras.optimizers.legacy": "optimizers",
    "keras.optimizer_v2.gradient_descent": "optimizers", "keras.optimizer_v2.adam": "optimizers", "keras.optimizers_v1": "optimizers",
}  # fmt: skip


KERAS_ENGINE = {
    "layers": {"Layer", "InputSpec", "Input", "InputLayer"},
    "models": {"Model", "Sequential"},
}  # of keras.engine: where each is
KERAS_GONE = {"keras.models.model_from_yaml": "model_from_json"}
