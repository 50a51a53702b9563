"""Which expressions of a program are surely a column (n, 1), and which surely a row (n,), as far as the source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.legacy.names import Names, key_of

_ARRAYS = ("np.array", "np.asarray", "tf.constant", "tf.convert_to_tensor", "tf.Variable")
_CASTS = ("tf.cast", "tf.convert_to_tensor", "np.float32", "np.asarray", "np.array")
_DEPTH = 8


class Shapes:
    """The shapes of a program's expressions. Flow is not followed: a variable is what it was ever assigned."""

    def __init__(self, tree: ast.Module, names: Names) -> None:
        self._names = names
        self._functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        self._classes = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
        self._adds = [
            n
            for n in ast.walk(tree)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in ("add", "pop")
        ]
        self._arguments = {a.arg for f in self._functions.values() for a in (*f.args.args, *f.args.kwonlyargs)}

    def of(self, node: ast.expr, depth: int = 0) -> str:
        """column, row, or "" where it may be anything."""
        if depth > _DEPTH:
            return ""
        if isinstance(node, ast.Name):
            if node.id in self._arguments:  # whoever calls the function says what it is
                return ""
            kinds = {self.of(value, depth + 1) for value in self._names.values(node)}
            return kinds.pop() if len(kinds) == 1 else ""
        return self._of_call(node, depth) if isinstance(node, ast.Call) else ""

    def predicts(self, node: ast.expr) -> bool:
        """Whether it surely is what a model answers, or a variable that holds it."""
        for value in map(_asked, self._names.values(node)):
            if isinstance(value, ast.Call):
                asked = value.func.value if isinstance(value.func, ast.Attribute) else value.func
                if self._names.is_model(asked):
                    return True
        return False

    def _of_call(self, call: ast.Call, depth: int) -> str:
        dotted = self._names.of(call.func)
        if dotted in _ARRAYS and call.args and isinstance(call.args[0], ast.List):
            return _of_list(call.args[0])
        if dotted in _CASTS and call.args:
            return self.of(call.args[0], depth + 1)
        if isinstance(call.func, ast.Attribute) and not dotted:
            return self._of_method(call.func, call, depth)
        return "column" if self._one_unit(call.func, depth) else ""

    def _of_method(self, method: ast.Attribute, call: ast.Call, depth: int) -> str:
        if method.attr in ("flatten", "ravel"):
            return "row"
        if method.attr == "reshape":
            return {"-1, 1": "column", "(-1, 1)": "column", "-1": "row"}.get(", ".join(map(ast.unparse, call.args)), "")
        if method.attr in ("astype", "numpy"):
            return self.of(method.value, depth + 1)
        return "column" if method.attr == "predict" and self._one_unit(method.value, depth) else ""

    def _one_unit(self, model: ast.expr, depth: int) -> bool:
        """Whether it surely is a model whose last layer is ``Dense(1)``."""
        if not self._names.is_model(model):
            return False
        made = self._names.values(model)
        adds = [
            add for add in self._adds if isinstance(add.func, ast.Attribute) and key_of(add.func.value) == key_of(model)
        ]
        if key_of(model) and adds:
            last = max(adds, key=lambda add: add.lineno)
            sure = len(made) == 1 and isinstance(last.func, ast.Attribute) and last.func.attr == "add" and last.args
            return bool(sure) and self._is_dense_one(last.args[0])
        lasts = [last for value in made for last in self._last_layers(value, depth)]
        return bool(lasts) and all(self._is_dense_one(last) for last in lasts)

    def _last_layers(self, made: ast.expr, depth: int) -> Iterator[ast.expr | None]:
        """The last layer of what an expression makes; None where it is not known."""
        if not isinstance(made, ast.Call) or depth > _DEPTH:
            yield None
        elif isinstance(made.func, ast.Name) and made.func.id in self._functions:
            returns = [n for n in ast.walk(self._functions[made.func.id]) if isinstance(n, ast.Return) and n.value]
            for found in returns:
                for value in self._names.values(found.value) if found.value else ():
                    yield from self._last_layers(value, depth + 1)
        elif isinstance(made.func, ast.Name) and made.func.id in self._classes:
            yield from self._answers_of(self._classes[made.func.id])
        elif self._names.of(made.func) in ("keras.Model", "keras.models.Model"):
            yield self._output_of(made)
        elif made.args and isinstance(made.args[0], ast.List) and made.args[0].elts:
            yield made.args[0].elts[-1]
        else:
            yield None

    def _output_of(self, made: ast.Call) -> ast.expr | None:
        """The layer behind ``keras.Model(inputs, outputs)``: of what the variable was assigned last before."""
        outputs = [*made.args[1:2], *(k.value for k in made.keywords if k.arg == "outputs")]
        values = [v for o in outputs for v in self._names.values(o) if v.lineno <= made.lineno]
        last = max(values, key=lambda v: v.lineno, default=None)
        return last.func if isinstance(last, ast.Call) else None

    def _answers_of(self, network: ast.ClassDef) -> Iterator[ast.expr | None]:
        """The layers whose answers ``call`` of a class of one's own returns."""
        for method in network.body:
            if isinstance(method, ast.FunctionDef) and method.name == "call":
                for found in (n.value for n in ast.walk(method) if isinstance(n, ast.Return)):
                    layers = self._names.values(found.func) if isinstance(found, ast.Call) else []
                    yield layers[0] if len(layers) == 1 else None

    def _is_dense_one(self, layer: ast.expr | None) -> bool:
        if not isinstance(layer, ast.Call) or self._names.of(layer.func) != "keras.layers.Dense":
            return False
        units = [*layer.args[:1], *(k.value for k in layer.keywords if k.arg == "units")]
        return bool(units) and isinstance(units[0], ast.Constant) and units[0].value == 1


def _asked(value: ast.expr) -> ast.expr:
    """What ``.flatten()`` or ``.numpy()`` is called of."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr != "predict":
        value = value.func.value
    return value


def _of_list(given: ast.List) -> str:
    if given.elts and all(isinstance(e, ast.List) and len(e.elts) == 1 and _is_number(e.elts[0]) for e in given.elts):
        return "column"
    return "row" if len(given.elts) > 1 and all(map(_is_number, given.elts)) else ""


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
