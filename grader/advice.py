"""Recognises code of TensorFlow 1, Keras 2 and NumPy 1, and limits of ours, by the exception that is raised."""

from __future__ import annotations

import re

from grader.engine.limits import FILES, Limits
from grader.text import Text, say


def at_limit(error: str, limits: Limits) -> tuple[Text, ...]:
    """Which limit of ours is behind ``error`` ("Type: message"), what it is, and how programs come to it."""
    return tuple(text for pattern, text in _limits(limits) if re.search(pattern, error))


def _limits(limits: Limits) -> tuple[tuple[str, Text], ...]:
    return (
        (
            r"\[Errno (27|28|122)\]|No space left on device|File too large",
            say(
                "A program may write {limit} MB of files here, and no more fits. "
                "The usual cause is saving in a loop that never ends, or a data set that is copied.",
                limit=limits.scratch_mb,
            ),
        ),
        (
            r"\[Errno 24\]|Too many open files",
            say(
                "A program may have {limit} files open at once, and has them. The usual cause is open() in a loop without “with”.",
                limit=FILES,
            ),
        ),
        (
            r"can't start new thread|\[Errno 11\] Resource temporarily unavailable",
            say(
                "A program may start {limit} processes and threads, and has started them. No exercise needs more than one; "
                "the usual cause is starting them in a loop.",
                limit=limits.processes,
            ),
        ),
        (
            r"MemoryError|ResourceExhaustedError|OOM when allocating|bad_alloc|Cannot allocate memory",
            say(
                "A program may use {limit} MB of memory, and this asks for more. "
                "The usual cause is an array with far too many elements, or a list that grows in a loop.",
                limit=limits.memory_mb,
            ),
        ),
    )


def advise(error: str) -> tuple[Text, ...]:
    """What was once right in the line that raised ``error`` ("Type: message"), and what it is now."""
    return tuple(text for pattern, text in _known() if re.search(pattern, error))


def _known() -> tuple[tuple[str, Text], ...]:
    return (
        (
            r"not recognized: \{.*'lr'",
            say("“lr=” is the Keras 2 name; in Keras 3 it is “learning_rate=”, for example SGD(learning_rate=0.1)."),
        ),
        (
            r"`metrics` argument to be a list",
            say("In Keras 3 metrics is a list: metrics=['accuracy']; Keras 2 also took a single string."),
        ),
        (
            r"has no attribute 'minimize'",
            say(
                "Keras 3 optimizers have no minimize(); compute the gradients with tf.GradientTape "
                "and hand them to optimizer.apply_gradients(...)."
            ),
        ),
        (
            r"optimizers\.legacy",
            say("keras.optimizers.legacy is gone in Keras 3; use the optimizer of the same name in keras.optimizers."),
        ),
        (
            r"has no attribute 'predict_(classes|proba)'",
            say(
                "predict_classes is gone; use (model.predict(x) > 0.5) for one output, or np.argmax(model.predict(x), axis=1)."
            ),
        ),
        (r"has no attribute 'fit_generator'", say("fit_generator is gone; model.fit takes generators as well.")),
        (
            r"module 'tensorflow' has no attribute '(Session|\w+Session|placeholder|\w+_initializer|\w+_default_graph|get_variable|ConfigProto)'",
            say(
                "This is TensorFlow 1. TensorFlow 2 computes at once: no Session, no placeholder; call the operation and read .numpy()."
            ),
        ),
        (
            r"module 'tensorflow.*' has no attribute '(set_random_seed|random_normal|random_uniform|to_float|log|div|mul|sub|assign)'",
            say("This is a TensorFlow 1 name; see tf.math, tf.random and tf.cast for the name it has in TensorFlow 2."),
        ),
        (
            r"Unrecognized data type: x=",
            say(
                "Keras 3 takes NumPy arrays or tensors here, not Python lists: np.array(...) around x and y mends it. If x is an array already, y is the list."
            ),
        ),
        (
            r"cannot import name 'mse' from 'keras.losses'",
            say("keras.losses has no “mse” today; write loss='mse' or keras.losses.MeanSquaredError()."),
        ),
        (
            r"module 'keras\S*' has no attribute 'mse'",
            say("keras.losses has no “mse” today; write loss='mse' or keras.losses.MeanSquaredError()."),
        ),
        (
            r"(module 'keras\S*' has no attribute|cannot import name) '(mean_(absolute|squared)_\w*error|kl_divergence|log_cosh)'",
            say(
                "tf.keras has this function no more; write loss='mse' (or 'mae'), or import keras and take it from there."
            ),
        ),
        (
            r"module 'keras\S*' has no attribute 'saving'",
            say("tf.keras has no “saving”; take keras.models.load_model, or import keras itself instead of tf.keras."),
        ),
        (
            r"No module named 'google",
            say("google.colab exists in Colab only. Take this line out: nothing of it is needed here."),
        ),
        (r"cannot import name 'np_utils'", say("np_utils is gone; use keras.utils.to_categorical.")),
        (
            r"No module named 'keras\.(layers\.|optimizers?_|utils\.np_utils|wrappers)",
            say("This Keras 2 module is gone; import from keras.layers, keras.optimizers or keras.utils itself."),
        ),
        (
            r"unexpected keyword argument '(nb_epoch|epoch)'",
            say("The argument is called epochs."),
        ),
        (
            r"Unrecognized keyword arguments passed to \w+: \{'(init|output_dim|input_shap|imput|actia)",
            say(
                "Keras does not know this argument: look at its spelling; Dense takes units, activation, kernel_initializer."
            ),
        ),
        (
            r"Invalid filepath extension for saving|must end in `?\.keras`?",
            say("Keras 3 saves a model to a file that ends in .keras: model.save('model.keras')."),
        ),
        (r"must end in `?\.weights\.h5`?", say("Keras 3 wants weights in a file that ends in .weights.h5.")),
        (
            r"Could not (deserialize 'keras\.metrics\.m|locate function 'm)",
            say(
                "An .h5 model compiled with loss='mse' saves but does not load in Keras 3; save as .keras, or load with compile=False."
            ),
        ),
        (
            r"only 0-dimensional arrays can be converted to Python scalars",
            say(
                "math.exp, float and int take a single number, and this is an array. For all its elements at once take NumPy's "
                "function of that name, such as np.exp; an array of one element gives its number by a.item()."
            ),
        ),
        (
            r"truth value of an array with more than one element is ambiguous",
            say(
                "“if”, “and”, “or” and Python's max and min need one answer, and an array gives one for each element. "
                "np.where(x > 0, a, b) or np.maximum(x, 0) choose element by element."
            ),
        ),
        (
            r"unsupported operand type\(s\) for .*'NoneType'|No gradients provided for any variable",
            say(
                "Something here is None. tape.gradient gives None where the loss was not computed inside “with tf.GradientTape()”, "
                "or not from a tf.Variable of floats: x = x - … makes a tensor of it, x.assign_sub(…) keeps it. "
                "A function without return gives None as well."
            ),
        ),
        (
            r"non-iterable NoneType|'NoneType' object is not (iterable|subscriptable)",
            say("A function that ends without return gives None, and here its answer is needed."),
        ),
        (
            r"dtype='string' is not a valid dtype",
            say(
                "In Keras 3 the third argument of compile is loss_weights; Keras 2 took the metrics there. "
                "Write metrics=['accuracy'], with the name."
            ),
        ),
        (
            r"incompatible with the layer: expected axis -1 of input shape",
            say(
                "A layer was given inputs of another width than it was made for. In a Sequential model layers[0] is the first Dense "
                "layer; in a functional one layers[0] is the Input, and the first Dense is layers[1]."
            ),
        ),
        (
            r"Numerical result out of range",
            say(
                "A number grew beyond all bounds. In gradient descent the slope was added instead of subtracted, or the learning "
                "rate is too large."
            ),
        ),
        (
            r"'Text' object is not callable|'Axes\w*' object has no attribute '([xy]label|[xy]lim)'",
            say(
                "A subplot is told with set_: ax.set_title(...), ax.set_xlabel(...), ax.set_xlim(...); plt.title(...) goes without."
            ),
        ),
        (
            r"Cannot convert '\d+' to a shape",
            say("A shape is a tuple, also with one number in it: Input(shape=(2,)), with the comma."),
        ),
        (
            r"OverflowError: math range error",
            say(
                "math.exp raises this where the result grows too large, from about 709 on. Rewrite the formula so that its "
                "exponent is never large, or use np.exp, which gives inf."
            ),
        ),
        (
            r"'numpy\.ndarray' object has no attribute '(plot|scatter|set_\w+|legend|title)'",
            say(
                "plt.subplots(2, 2) hands back an array of subplots: draw on one of them, axes[0, 1].plot(...), or go through axes.flat."
            ),
        ),
        (
            r"relu\(\) got an unexpected keyword argument 'alpha'",
            say("The slope is called negative_slope in Keras 3; Keras 2 called it alpha."),
        ),
        (
            r"module 'numpy' has no attribute '(int|float|object|bool8)'",
            say("np.int, np.float and np.object are gone; use int, float and object."),
        ),
        (r"has no attribute 'output_shape'", say("In Keras 3 a layer has no output_shape; use layer.output.shape.")),
        (
            r"KeyError: '(val_)?acc'",
            say(
                "The key in history is the name that you gave to compile: metrics=['accuracy'] makes history['accuracy']."
            ),
        ),
        (
            r"inhomogeneous shape",
            say("Arrays of different shapes cannot be stacked into one array; keep them in a list."),
        ),
        (
            r"can only be called for the variables it was originally built with",
            say("An optimizer belongs to one model; make a new optimizer object for each."),
        ),
    )
