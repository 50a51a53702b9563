"""Which library a name in a file means, and what a variable holds, as far as the file itself tells.

Short names stand for their modules: ``np``, ``tf``, ``keras`` (also for ``tensorflow.keras``), ``plt``.
"""

from __future__ import annotations

import ast
from collections import defaultdict

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
MODEL_MAKERS = {
    "keras.Sequential", "keras.Model", "keras.models.Sequential", "keras.models.Model", "keras.models.load_model",
    "keras.models.clone_model", "keras.saving.load_model",
}  # fmt: skip
OPTIMIZERS = {"SGD", "Adam", "Adagrad", "Adadelta", "RMSprop", "Adamax", "Nadam", "Ftrl", "AdamW"}


def short(dotted: str) -> str:
    """``tensorflow.keras.layers`` -> ``keras.layers``."""
    for long, brief in _SHORT:
        if dotted == long or dotted.startswith(long + "."):
            return brief + dotted.removeprefix(long)
    return dotted


class Names:
    """What the names of one module mean. Flow is not followed: a variable holds what it was ever assigned."""

    def __init__(self, tree: ast.Module) -> None:
        self._imported: dict[str, str] = {}
        self._assigned: defaultdict[str, list[ast.expr]] = defaultdict(list)
        self._used: set[str] = set()
        self._models: set[str] = set()  # classes derived from keras.Model, functions that return a model
        for node in ast.walk(tree):
            self._note(node)
        self._used = {self.of(node) for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name))}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(self._returns_model(r) for r in ast.walk(node)):
                self._models.add(node.name)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                self._imported[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                self._imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self._assigned[target.id].append(node.value)
        elif isinstance(node, ast.ClassDef) and any(
            self.of(b) in ("keras.Model", "keras.models.Model") for b in node.bases
        ):
            self._models.add(node.name)

    def _returns_model(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Return) and node.value is not None and self.is_model(node.value)

    def of(self, node: ast.AST) -> str:
        """The short dotted name that an expression means; "" where it is none that was imported."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self._imported:
            return ""
        return short(".".join([self._imported[node.id], *reversed(parts)]))

    def uses(self, dotted: str) -> bool:
        """Whether the file uses a name, or one below it."""
        return any(name == dotted or name.startswith(dotted + ".") for name in self._used)

    def bound(self, dotted: str) -> str | None:
        """The name under which the file has a module; None where it has not."""
        return next((name for name, full in self._imported.items() if short(full) == dotted), None)

    def values(self, node: ast.expr) -> list[ast.expr]:
        """What an expression may be: itself, or what its variable was assigned."""
        return self._assigned.get(node.id, []) if isinstance(node, ast.Name) else [node]

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

    def is_list(self, node: ast.expr) -> bool:
        """Whether it surely is a Python list of numbers: written as one, here or where the variable was assigned."""
        values = self.values(node)
        return bool(values) and all(isinstance(v, ast.List) and _numbers(v) for v in values)


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
