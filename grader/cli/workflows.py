"""Files that grade a student's repository on every push: public checks only, no solution and no hidden check among them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from grader.cli.templates import template
from grader.course import Course, Exercise
from grader.errors import AuthorError
from grader.versions import versions

SERVICES = ("github", "gitlab")
COURSE = ".gradetape"  # where a course of one's own lies in the repository; intake does not look into it
_ACTION = "action.yml"
_OF_EXERCISE = ("exercise.toml", "checks.py")


def workflow_files(service: str, lang: str) -> dict[str, str]:
    """Path in the repository -> text, for the service; for the version of GradeTape that writes them."""
    return _github({}, lang) if service == "github" else _gitlab({}, lang)


def workflow_files_with_course(
    service: str, lang: str, course: Course, exercises: Iterable[Exercise]
) -> dict[str, str]:
    """The same, and the public half of a course that does not come with GradeTape."""
    made = _github({"course": COURSE}, lang) if service == "github" else _gitlab({"course": COURSE}, lang)
    return {**made, **_public_half(course, exercises)}


def _github(settings: Mapping[str, str], lang: str) -> dict[str, str]:
    workflow = template("gradetape.github.yml")
    for name, value in {"version": _version(), "language": lang, **settings}.items():
        workflow = _set(workflow, f"          {name}: ", value)
    return {".github/workflows/gradetape.yml": workflow, f".github/actions/gradetape/{_ACTION}": template(_ACTION)}


def _gitlab(settings: Mapping[str, str], lang: str) -> dict[str, str]:
    pipeline = template("gradetape.gitlab-ci.yml")
    for name, value in {"version": _version(), "language": lang, **settings}.items():
        pipeline = _set(pipeline, f"    GRADETAPE_{name.upper()}: ", value)
    return {".gitlab-ci.yml": pipeline}


def _version() -> str:
    return versions()["gradetape"]


def _set(text: str, begins: str, value: str) -> str:
    """``text`` with the one line that ``begins`` so holding ``value``."""
    (line,) = (one for one in text.splitlines() if one.startswith(begins))
    return text.replace(f"{line}\n", f"{begins}{json.dumps(value)}\n")


def _public_half(course: Course, exercises: Iterable[Exercise]) -> dict[str, str]:
    title = course.root / "exercises" / "course.toml"
    files = [title, *(e.folder / name for e in exercises for name in _OF_EXERCISE)]
    try:
        return {f"{COURSE}/{f.relative_to(course.root).as_posix()}": f.read_text(encoding="utf-8") for f in files}
    except OSError as error:
        raise AuthorError(f"the course cannot be put into the repository ({error}); mend it: grader verify") from error
