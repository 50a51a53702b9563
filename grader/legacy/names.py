"""Which library a name in a file means, and what a variable holds, as far as the file itself tells.

Short names stand for their modules: ``np``, ``tf``, ``keras`` (also for ``tensorflow.keras``), ``plt``.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

_SHORT = (
    ("tensorflow.python.keras", "pykeras"),
    ("tensorflow.compat.v1.keras", "keras"),
    ("tensorflow.compat.v1", "tf1"),
    ("tensorflow.compat.v2", "tf"),
    ("tensorflow.keras", "keras"),
    ("tensorflow", "tf"),
    ("numpy", "np"),
    ("matplotlib.pyplot", "plt"),
)
MODELS = {"keras.Model", "keras.models.Model"}
MODEL_MAKERS = {
    "keras.Sequential", "keras.Model", "keras.models.Sequential", "keras.models.Model", "keras.models.load_model",
    "keras.models.clone_model", "keras.saving.load_model",
}  # fmt: skip
OPTIMIZERS = {"SGD", "Adam", "Adagrad", "Adadelta", "RMSprop", "Adamax", "Nadam", "Ftrl", "AdamW"}

_STARRED = {  # what `from keras.layers import *` brings, as far as a rule asks for it
    "keras.optimizers": tuple(sorted(OPTIMIZERS)),
    "keras.models": ("Sequential", "Model", "load_model", "clone_model"),
    "keras.layers": ("Dense", "Conv2D", "Dropout", "Flatten", "Input", "InputLayer", "Embedding", "BatchNormalization"),
}


def short(dotted: str) -> str:
    """``tensorflow.keras.layers`` -> ``keras.layers``."""
    for long, brief in _SHORT:
        if dotted == long or dotted.startswith(long + "."):
            return brief + dotted.removeprefix(long)
    return dotted


class Names:
    """What the names of one module mean. Flow is not followed: a variable holds what it was ever assigned.

    What a parameter holds its caller knows; of a name that is imported and also bound otherwise nothing is sure.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._imported: dict[str, str] = {}
        self._bound: defaultdict[str, list[ast.expr | None]] = defaultdict(list)  # None: by what is not known
        self._parameters = {id(name) for node in ast.walk(tree) for name in _parameters_used(node)}
        self._used: set[str] = set()
        self._loops: defaultdict[str, list[ast.expr]] = defaultdict(list)  # what `for name in ...` goes through
        self._models: set[str] = set()  # classes derived from keras.Model, functions that return a model
        for node in ast.walk(tree):
            self._import(node)
        for node in ast.walk(tree):
            self._bind(node)
        for name in set(self._imported) & set(self._bound):
            self._settle(name)
        for name in [name for name in self._bound if name not in self._imported]:
            self._alias(name)
        self._used = {self.of(node) for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name))}
        self._models = {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and self._is_model_class(n)}
        self._find_makers([node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)])

    def _find_makers(self, functions: list[ast.FunctionDef]) -> None:
        """Functions that return a model. ``model`` in one may be made by another: all may be, until one is seen not to."""
        classes, makers = self._models, functions
        while True:
            self._models = classes | {f.name for f in makers}
            left = [f for f in makers if self._returns_models(f)]
            if len(left) == len(makers):
                return
            makers = left

    def _is_model_class(self, node: ast.ClassDef) -> bool:
        return any(self.of(b) in MODELS for b in node.bases)

    def _returns_models(self, function: ast.FunctionDef) -> bool:
        returned = [r.value for r in ast.walk(function) if isinstance(r, ast.Return)]
        return bool(returned) and all(value is not None and self.is_model(value) for value in returned)

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                self._imported[bound] = _of_both(self._imported, bound, alias.name if alias.asname else bound)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            every = _STARRED.get(short(node.module), ()) if node.names[0].name == "*" else ()
            for alias in [*node.names, *(ast.alias(name) for name in every)]:
                bound = alias.asname or alias.name
                self._imported[bound] = _of_both(self._imported, bound, f"{node.module}.{alias.name}")

    def _bind(self, node: ast.AST) -> None:
        for name, value in bindings(node):
            self._bound[name].append(value)
        if isinstance(node, (ast.For, ast.comprehension)):
            target, through = node.target, node.iter
            numbered = isinstance(through, ast.Call) and isinstance(through.func, ast.Name)
            if numbered and isinstance(through, ast.Call) and ast.unparse(through.func) == "enumerate":
                target = target.elts[-1] if isinstance(target, ast.Tuple) else target
                through = through.args[0]
            if isinstance(target, ast.Name):
                self._loops[target.id].append(through)

    def _settle(self, name: str) -> None:
        """A name that is imported and bound otherwise means something only where both say the same."""
        if any(value is None or self.of(value) != short(self._imported[name]) for value in self._bound[name]):
            self._imported[name] = ""

    def _alias(self, name: str) -> None:
        """``layers = tf.keras.layers``"""
        meant = {self.of(value) if isinstance(value, ast.Attribute) else "" for value in self._bound[name]}
        if len(meant) == 1 and (only := meant.pop()):
            self._imported[name] = only

    def of(self, node: ast.AST) -> str:
        """The short dotted name that an expression means; "" where it is none that was imported."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or not self._imported.get(node.id) or id(node) in self._parameters:
            return ""
        return short(".".join([self._imported[node.id], *reversed(parts)]))

    def uses(self, dotted: str) -> bool:
        """Whether the file uses a name, or one below it."""
        return any(name == dotted or name.startswith(dotted + ".") for name in self._used)

    def bound(self, dotted: str) -> str | None:
        """The name under which the file has a module; None where it has not."""
        return next((name for name, full in self._imported.items() if full and short(full) == dotted), None)

    def values(self, node: ast.expr) -> list[ast.expr]:
        """What an expression may be: itself, or what its variable was assigned; nothing where that is not known."""
        if id(node) in self._parameters:
            return []
        bound = self._bound.get(key_of(node))
        if bound is None:
            return [] if isinstance(node, ast.Name) else [node]
        return [value for value in bound if value is not None] if None not in bound else []

    def is_model(self, node: ast.expr) -> bool:
        """Whether it surely is a Keras model."""
        values = self.values(node)
        return bool(values) and all(isinstance(v, ast.Call) and self._makes_model(v.func) for v in values)

    def _makes_model(self, function: ast.expr) -> bool:
        local = isinstance(function, ast.Name) and function.id in self._models
        return local or self.of(function) in MODEL_MAKERS

    def is_optimizer(self, node: ast.expr) -> bool:
        """Whether it surely is a Keras optimizer."""
        if isinstance(node, ast.Attribute) and node.attr == "optimizer" and self.is_model(node.value):
            return True
        values = self.values(node)
        return bool(values) and all(isinstance(v, ast.Call) and optimizer_class(self.of(v.func)) for v in values)

    def is_layer(self, node: ast.expr) -> bool:
        """Whether it surely is a layer of a Keras model: one of ``model.layers``, or made by ``Dense(...)``."""
        if isinstance(node, ast.Subscript):
            return self._are_layers(node.value) and not isinstance(node.slice, ast.Slice)
        if isinstance(node, ast.Call):
            found = isinstance(node.func, ast.Attribute) and node.func.attr == "get_layer"
            if found and isinstance(node.func, ast.Attribute):
                return self.is_model(node.func.value)
            return self.of(node.func).startswith("keras.layers.")
        if id(node) in self._parameters or not isinstance(node, ast.Name):
            return False
        loops = self._loops.get(node.id, [])
        values = [value for value in self._bound.get(node.id, []) if value is not None]
        known = len(self._bound.get(node.id, [])) == len(values) + len(loops)
        return known and bool(values or loops) and all(map(self._are_layers, loops)) and all(map(self._is_made, values))

    def _is_made(self, value: ast.expr) -> bool:
        return isinstance(value, (ast.Call, ast.Subscript)) and self.is_layer(value)

    def _are_layers(self, node: ast.expr) -> bool:
        """``model.layers``, ``model.layers[1:]``"""
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            node = node.value
        return isinstance(node, ast.Attribute) and node.attr == "layers" and self.is_model(node.value)

    def is_list(self, node: ast.expr) -> bool:
        """Whether it surely is a Python list of numbers: written as one, here or where the variable was assigned."""
        values = self.values(node)
        return bool(values) and all(isinstance(v, ast.List) and _numbers(v) for v in values)


def key_of(node: ast.expr) -> str:
    """Under which name a variable's values are kept: ``model``, ``self.model``; "" where it is no variable."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return f"self.{node.attr}"
    return ""


def bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The variables that a node binds, and to what; None where the source does not tell."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _assigned(target, node.value)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield from _assigned(node.target, node.value)
    elif isinstance(node, (ast.AugAssign, ast.For, ast.AsyncFor, ast.comprehension)):
        yield from _assigned(node.target, None)
    elif isinstance(node, ast.withitem) and node.optional_vars:
        yield from _assigned(node.optional_vars, None)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name:
        yield node.name, None


def _assigned(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, (ast.Tuple, ast.List)):
        same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        parts = value.elts if same and isinstance(value, (ast.Tuple, ast.List)) else [None] * len(target.elts)
        for one, part in zip(target.elts, parts, strict=True):
            yield from _assigned(one, part)
    elif name := key_of(target.value if isinstance(target, ast.Starred) else target):
        yield name, None if isinstance(target, ast.Starred) else value


def _parameters_used(node: ast.AST) -> Iterator[ast.Name]:
    """Every use of a function's own parameters in it."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return
    given = node.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    names = {a.arg for a in every if a is not None}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in names:
            yield part


def _of_both(imported: Mapping[str, str], name: str, full: str) -> str:
    """What a name means that was perhaps imported before: nothing sure where from two libraries, as in try and except."""
    before, now = short(imported.get(name, full)), short(full)
    same = (before.partition(".")[0], before.rpartition(".")[2]) == (now.partition(".")[0], now.rpartition(".")[2])
    return full if same else ""


def optimizer_class(dotted: str) -> bool:
    """Whether a short dotted name is one of Keras' optimizers."""
    module, _, name = dotted.rpartition(".")
    return name in OPTIMIZERS and module in (
        "keras.optimizers", "keras.optimizers.legacy", "tf.optimizers", "pykeras.optimizers", "keras.optimizers.experimental",
    )  # fmt: skip


def _numbers(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.Tuple)):
        return bool(node.elts) and all(map(_numbers, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _numbers(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
