"""What an exercise must have besides right grades: words in both languages, variants, an up-to-date release."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from grader.course import Exercise, load_checks
from grader.errors import AuthorError
from grader.release import release
from grader.variants import variants_of

MIN_RIGHT, MIN_WRONG, MAX_HINTS, MIN_MISTAKES = 3, 8, 3, 5


def broken_rules(exercise: Exercise) -> Iterator[str]:
    """A line for each rule that ``exercise`` breaks, with the repair."""
    try:
        yield from _words(exercise)
        yield from _variants(exercise)
        for path, text in release(exercise).items():
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                yield f"{path.name} is not what the solution makes; run: grader release {exercise.slug}"
    except AuthorError as wrong:
        yield str(wrong)


def _words(exercise: Exercise) -> Iterator[str]:
    texts = exercise.texts
    for check in load_checks(exercise):
        texts.title(check.id, check.title)
        hints = texts.hints(check.id)
        if not 1 <= len(hints) <= MAX_HINTS:
            yield f"{check.id} has {len(hints)} hints; give it one to {MAX_HINTS}"
    used = {*_strings(exercise), *(m for v in variants_of(exercise) for m in v.mistakes)}
    mistakes = texts.sections.get("mistakes", {})
    for key in mistakes:
        texts.mistake(key)
        if key not in used:
            yield f"[mistakes.{key}] is named by no check and no wrong variant; use it or remove it"
    if len(mistakes) < MIN_MISTAKES:
        yield f"there are {len(mistakes)} named mistakes; name at least {MIN_MISTAKES}"
    for key in texts.sections.get("pictures", {}):
        texts.picture(key)
    for task in exercise.tasks:
        if task.kind == "function" and not task.doc_ko:
            yield f"[tasks.{task.name}] has no doc_ko, so the Korean stub has an English docstring"


def _strings(exercise: Exercise) -> Iterator[str]:
    folders = [f for f in (exercise.folder, exercise.solutions) if f is not None]
    for path in (Path(f, "checks.py") for f in folders):
        if path.exists():
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
            yield from (
                n.arg for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg
            )  # step(..., transposed=...)


def _variants(exercise: Exercise) -> Iterator[str]:
    found = variants_of(exercise)
    for kind, least in (("right", MIN_RIGHT), ("wrong", MIN_WRONG)):
        count = sum(v.kind == kind for v in found)
        if count < least:
            yield f"there are {count} {kind} variants; write at least {least}"
    failed = {name for v in found for name in v.fails}
    for check in load_checks(exercise):
        if check.id not in failed:
            yield f"no wrong variant fails {check.id}; write one that only it catches"
