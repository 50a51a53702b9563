"""What someone may do to a program that they copied, so that it looks like their own."""

from __future__ import annotations

import ast
import io
import itertools
import json
import tokenize

WORDS = ("alpha", "my_value", "thing", "q", "result2", "tmp", "foo", "neu", "zz", "inner_part")


class Renaming(ast.NodeTransformer):
    """Gives every name that the program itself makes another one; tasks keep theirs, or nothing could be graded."""

    def __init__(self, tree, tasks):
        own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        own |= {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)} - {"self"}
        own |= {f.name for f in tree.body if isinstance(f, (ast.FunctionDef, ast.ClassDef))} - set(tasks)
        own -= {k.arg for k in ast.walk(tree) if isinstance(k, ast.keyword)}
        self.names = {name: f"{WORDS[i % len(WORDS)]}_{i}" for i, name in enumerate(sorted(own))}

    def visit_Name(self, node):
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node):
        return ast.arg(self.names.get(node.arg, node.arg), self.visit(node.annotation) if node.annotation else None)

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        return node

    def visit_ClassDef(self, node):
        return self.visit_FunctionDef(node)


def renamed(code, tasks=()):
    """All names of its own are others; layout and comments are lost with them."""
    tree = ast.parse(code)
    return ast.unparse(ast.fix_missing_locations(Renaming(tree, tasks).visit(tree)))


def reordered(code):
    """Functions and classes in the opposite order, in the places where some stood."""
    tree = ast.parse(code)
    movable = [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
    turned = iter(reversed(movable))
    tree.body = [next(turned) if n in movable else n for n in tree.body]
    return ast.unparse(tree)


def recommented(code):
    """Other comments and docstrings, other blank lines."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    lines = code.split("\n")
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    count = itertools.count()
    remarked = []
    for line in lines:
        if line.startswith(("def ", "class ")):
            remarked += ["", f"# step {next(count)}: my own idea"]
        remarked.append(line)
    return "\n".join(remarked)


def as_notebook(code, cells=None, **metadata):
    """The program as a notebook, a cell for each piece between blank lines at top level."""
    pieces = cells or [p for p in code.split("\n\n\n") if p.strip()]
    made = [
        {"cell_type": "code", "execution_count": None, "id": f"c{i}", "metadata": {}, "outputs": [], "source": piece}
        for i, piece in enumerate(pieces)
    ]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def all_at_once(code, tasks=()):
    """Renamed, reordered, commented anew."""
    return recommented(reordered(renamed(code, tasks)))
