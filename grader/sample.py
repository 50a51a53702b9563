"""The sample class of ``grader demo``: learners made from the course's variants, with all that goes wrong in a real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jupytext
import nbformat

from grader.course import Course, Exercise
from grader.variants import variants_of

Files = dict[str, bytes]
ENDLESS = "\n\n# %%\nwhile True:\n    pass\n"
BROKEN_IMPORT = "import tensorflow as tf\nimport tensorflow_extras  # I had this on my own machine\n\n"
NOISE = "\n\n# %%\nfor i in range(5000):\n    print(i, 'x' * 1000)\n"
SHOUT = "\n\n# %%\nprint('<script>alert(1)</script> \\x1b[31mred\\x1b[0m =1+1 \\u202eltr')\n"
KERAS_2 = """\

# %%
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD

old = Sequential()
old.add(Dense(1, input_dim=2, activation='linear'))
old.compile(loss='mse', optimizer=SGD(lr=0.1), metrics='accuracy')
"""


def write_class(folder: Path, course: Course) -> None:
    """Writes a folder for each learner. Needs the course's ``solutions/``."""
    for name, files in sample_class(course).items():
        home = folder / name
        home.mkdir(parents=True)
        for file, data in files.items():
            (home / file).write_bytes(data)


def sample_class(course: Course) -> dict[str, Files]:
    """Learner -> their files. The same every time."""
    right = {e.slug: _solution(e) for e in course.exercises}
    first, last = course.exercises[0], course.exercises[-1]
    second = course.exercises[1 % len(course.exercises)]
    learners = {
        "Ada": _named(right),
        "Bora": {f"{e.slug}.py": _worst(e) for e in course.exercises},
        "Chul-soo": {f"{e.slug}.py": e.stub().read_bytes() for e in course.exercises},
        "Dilnoza": _but(right, first, _solution(first) + b"\n\n# %%\ndef broken(:\n    pass\n"),
        "Emil": _but(right, second, BROKEN_IMPORT.encode() + _script(second)),
        "Fatou": _but(right, second, _solution(second) + ENDLESS.encode()),
        "Goran": {k: v for k, v in _named(right).items() if k != f"{last.slug}.py"},
        "Hana": _but(right, first, _out_of_order(first), ".ipynb"),
        "Iris": _but(right, second, _notebook(_solution(second) + NOISE.encode()), ".ipynb"),
        "Jae-won": {f"{e.slug}.py": _solution(e) + KERAS_2.encode() for e in course.exercises[:4]},
        "김영희": _but(right, first, _euc_kr(_solution(first))),
        "Karim": _but(right, first, b'{"cells": [ {"cell_type": "code", "source": ["import tensorflow', ".ipynb"),
        "Lea": {**_named(right), f"{first.slug} (1).py": variant(first, "wrong", 0)},
        "Min-ji": {f"{e.slug}.ipynb": _notebook(variant(e, "right", 0)) for e in course.exercises},
        "Noor": _but(right, first, _solution(first) + b"\n\n# %%\nimport sys\nsys.exit(0)\n"),
        "Olu": _but(right, first, _solution(first) + SHOUT.encode()),
        "Park Ji-hoon": {f"{e.slug}.ko.py": e.stub(".py", "ko").read_bytes() for e in course.exercises},
    }
    for i, name in enumerate(("Quentin", "Rosa", "Su-bin", "Tomás", "Uma", "Viktor", "Wei", "Xenia", "Yusuf", "Zoë")):
        learners[name] = {f"{e.slug}.py": _mixed(e, i) for e in course.exercises}
    return learners


def _mixed(exercise: Exercise, i: int) -> bytes:
    """Every learner has another mixture; the later ones in the list make fewer mistakes."""
    wrong = (i * 7 + exercise.number * 3) % 10 >= 1 + i // 2
    return variant(exercise, "wrong" if wrong else "right", i % 5 * 3 + exercise.number if wrong else i % 3)


def _worst(exercise: Exercise) -> bytes:
    """The wrong variant that fails the most checks."""
    wrong = [v for v in variants_of(exercise) if v.kind == "wrong"]
    worst = max(range(len(wrong)), key=lambda i: len(wrong[i].fails))
    return variant(exercise, "wrong", worst)


def _solution(exercise: Exercise) -> bytes:
    assert exercise.solution is not None
    return exercise.solution.read_bytes()


def variant(exercise: Exercise, kind: str, i: int) -> bytes:
    """The source of a right or wrong variant, without the header that says what it is; ``i`` counts round."""
    paths = exercise.variants(kind)
    body = paths[i % len(paths)].read_text(encoding="utf-8").split("\n")
    keep: Callable[[str], bool] = lambda line: not line.startswith(("# variant:", "# fails:", "# mistake:", "# who:"))  # noqa: E731
    return "\n".join(filter(keep, body)).lstrip("\n").encode()


def _named(sources: dict[str, bytes]) -> Files:
    return {f"{slug}.py": data for slug, data in sources.items()}


def _but(sources: dict[str, bytes], exercise: Exercise, data: bytes, suffix: str = ".py") -> Files:
    files = _named(sources)
    del files[f"{exercise.slug}.py"]
    return {**files, f"{exercise.slug}{suffix}": data}


def _script(exercise: Exercise) -> bytes:
    """The solution as one cell, so that an exception at its top hides all of it."""
    return b"\n".join(line for line in _solution(exercise).split(b"\n") if not line.startswith(b"# "))


def _notebook(source: bytes) -> bytes:
    notebook = jupytext.reads(source.decode(), fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    return str(nbformat.writes(notebook)).encode()


def _out_of_order(exercise: Exercise) -> bytes:
    """A notebook whose first code cells stand in the wrong order, though its learner ran them in the right one."""
    data = json.loads(_notebook(_solution(exercise)))
    code = [i for i, cell in enumerate(data["cells"]) if cell["cell_type"] == "code"]
    for count, i in enumerate(code, 1):
        data["cells"][i]["execution_count"] = count
    a, b = code[0], code[1]
    data["cells"][a], data["cells"][b] = data["cells"][b], data["cells"][a]
    data["cells"].append(data["cells"].pop(a))
    return json.dumps(data).encode()


def _euc_kr(source: bytes) -> bytes:
    """As an old Korean editor saves it."""
    text = "# 작성자: 김영희\n" + source.decode()
    return text.encode("euc-kr", errors="replace")
