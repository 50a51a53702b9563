"""Makes what students get, stub and notebook in both languages, from the reference solution."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from grader.course import Exercise
from grader.errors import AuthorError
from grader.text import LANGUAGES

BEGIN = re.compile(r"^(?P<indent>[ \t]*)### BEGIN SOLUTION(?::[ \t]*(?P<stub>.*))?$", re.MULTILINE)
END = re.compile(r"^[ \t]*### END SOLUTION$")


def release(exercise: Exercise) -> dict[Path, str]:
    """The text of every file that students get, by path; writes nothing.

    Raises AuthorError where the solution is missing or its marks do not pair.
    """
    if exercise.solution is None or not exercise.solution.exists():
        raise AuthorError(f"{exercise.name}: there is no reference solution in solutions/; a release is made from it")
    files = {}
    try:
        source = exercise.solution.read_text(encoding="utf-8")
        for lang in LANGUAGES:
            cells = _in_language(source, exercise, lang)
            files[exercise.stub(".py", lang)] = _script(cells)
            files[exercise.stub(".ipynb", lang)] = _notebook(with_checks(cells, exercise.slug, lang), exercise)
    except AuthorError:
        raise
    except Exception as error:  # no UTF-8, no Python, or nothing that jupytext can read
        raise AuthorError(
            f"{exercise.solution} cannot be released ({type(error).__name__}: {error}); mend it, then: "
            f"grader release {exercise.slug}"
        ) from error
    return files


def _in_language(source: str, exercise: Exercise, lang: str) -> list[NotebookNode]:
    docs = {t.name: t.doc_ko for t in exercise.tasks if t.doc_ko} if lang == "ko" else {}
    cells: list[NotebookNode] = []
    for cell in jupytext.reads(source, fmt="py:percent").cells:
        if cell.metadata.get("lang", lang) != lang:
            continue
        if cell.cell_type == "code":
            text = with_docstrings(without_solutions(cell.source, exercise.name), docs)
            made = nbformat.v4.new_code_cell(text)
            made.metadata["task"] = BEGIN.search(cell.source) is not None
        else:
            made = nbformat.v4.new_markdown_cell(cell.source)
        cells.append(made)
    return cells


def with_checks(cells: Sequence[NotebookNode], slug: str, lang: str) -> Iterator[NotebookNode]:
    """The cells, and after each task one that shows what the public checks say of it."""
    begun = False
    said = f', lang="{lang}"' if lang != LANGUAGES[0] else ""
    for cell in cells:
        yield cell
        if not cell.metadata.get("task"):
            continue
        names = re.findall(r"^def (\w+)", cell.source, re.MULTILINE)
        lines = [f'check("{slug}", "{name}"{said})' for name in names]
        if not begun:
            lines.insert(0, "from grader import check  # in Colab, once: %pip install -q gradetape\n")
            begun = True
        yield nbformat.v4.new_code_cell("\n".join(lines))


def _notebook(cells: Iterable[NotebookNode], exercise: Exercise) -> str:
    made = [
        NotebookNode({**c, "metadata": {}, "id": f"{exercise.slug.replace('_', '-')}-{n}"})
        for n, c in enumerate(cells, 1)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={**kernel, "language_info": {"name": "python"}})
    return str(nbformat.writes(notebook)) + "\n"


def _script(cells: Sequence[NotebookNode]) -> str:
    metadata = {"jupytext": {"notebook_metadata_filter": "-all", "cell_metadata_filter": "-all"}}
    return str(jupytext.writes(nbformat.v4.new_notebook(cells=list(cells), metadata=metadata), fmt="py:percent"))


def without_solutions(code: str, where: str) -> str:
    """``code`` with each marked region replaced by its stub. Raises AuthorError where the marks do not pair."""
    return "\n".join(_stubbed(code, where))


def _stubbed(code: str, where: str) -> Iterator[str]:
    inside = False
    name = ""
    for line in code.split("\n"):
        defined = re.match(r"\s*def (\w+)", line)
        if defined:
            name = defined[1]
        begin = BEGIN.match(line)
        if begin and inside:
            raise AuthorError(f"{where}: ### BEGIN SOLUTION stands inside another; write ### END SOLUTION first")
        if begin:
            inside = True
            yield begin["indent"] + (begin["stub"] or f'raise NotImplementedError("{name}")')
        elif END.match(line):
            if not inside:
                raise AuthorError(f"{where}: ### END SOLUTION without a ### BEGIN SOLUTION before it")
            inside = False
        elif not inside:
            yield line
    if inside:
        raise AuthorError(f"{where}: ### BEGIN SOLUTION without an ### END SOLUTION in the same cell")


def with_docstrings(code: str, docs: Mapping[str, str]) -> str:
    """``code`` with the docstrings of the functions named in ``docs`` replaced."""
    lines = code.split("\n")
    for node in reversed([n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.FunctionDef)]):
        if node.name in docs and ast.get_docstring(node) is not None:
            old = node.body[0]
            indent = " " * old.col_offset
            text = "\n".join(
                (indent + part.strip("\n") if part.strip() and i else part)
                for i, part in enumerate(_dedented(docs[node.name]))
            )
            lines[old.lineno - 1 : old.end_lineno] = (
                f'{indent}"""{text}' + (f"\n{indent}" if "\n" in text else "") + '"""'
            ).split("\n")
    return "\n".join(lines)


def _dedented(doc: str) -> list[str]:
    lines = [line.rstrip() for line in doc.strip().split("\n")]
    rest = [len(line) - len(line.lstrip()) for line in lines[1:] if line]
    cut = min(rest, default=0)
    return [lines[0], *(line[cut:] for line in lines[1:])]
