"""Takes the grader's machine out of what a learner reads: its folders, its name, and what differs from run to run."""

from __future__ import annotations

import functools
import os
import platform
import re
import site
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.engine.environment import package_root

_GENERATED = re.compile(r"__autograph_generated_file\w{0,60}\.py")
_NODE = re.compile(r"\{\{(?:function_node|node) [^{}]*\}\} ?")
_SCRATCH = re.compile(r"[/\\]gradetape-scratch-[\w-]+")
_GENERATED_IN, _SCRATCH_IN = (
    re.compile(r"([\s\"'()<>:]+)"),
    re.compile(r"([\s\"'()<>:,]+)"),
)  # what a path does not hold
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_BEGINS = r"(?:file://|(?<![\w.]))"
_ENDS = r"(?![\w.+-])"  # a folder of that very name, not one whose name only begins like it
_ANYBODYS = ("", ".", "/", "/usr", "/home", "/tmp", "/var/tmp", "/scratch", "/nonexistent")  # noqa: S108 - say nothing, programs write of them
_TELLING = re.compile(r"(?=.*[\d.-]).{6,}")  # a machine's name that is no word a program would print by itself


@dataclass(frozen=True)
class Machine:
    """What must not be told of this one."""

    folders: re.Pattern[str]  # with what parts them from the rest
    bare: re.Pattern[str]  # alone
    host: re.Pattern[str] | None

    @classmethod
    def of(cls, folders: list[str], host: str) -> Machine:
        """One with these folders and this name."""
        named = "|".join(re.escape(f) for f in sorted(dict.fromkeys(folders), key=len, reverse=True))
        known = host if _TELLING.fullmatch(host) else ""
        return cls(
            re.compile(rf"{_BEGINS}(?:{named})[/\\]"),
            re.compile(rf"{_BEGINS}(?:{named}){_ENDS}"),
            re.compile(rf"(?<![\w-]){re.escape(known)}(?![\w-])") if known else None,
        )

    def neutral(self, text: str) -> str:
        """``text`` as any other machine would have said it."""
        text = _with_its_path(_GENERATED, _GENERATED_IN, "generated.py", _NODE.sub("", text))
        text = _ADDRESS.sub("at 0x…", _with_its_path(_SCRATCH, _SCRATCH_IN, "/scratch", text))
        text = self.bare.sub("…", self.folders.sub("", text))
        return self.host.sub("localhost", text) if self.host else text


def _with_its_path(name: re.Pattern[str], around: re.Pattern[str], put: str, text: str) -> str:
    """``put`` for each path that ends with ``name``, the last one in a word.

    A pattern for the whole path would be tried at each letter of a word, to its end: hours for a word of a million.
    """
    if not name.search(text):
        return text
    words = around.split(text)
    for i, word in enumerate(words):
        ends = [found.end() for found in name.finditer(word)]
        words[i] = put + word[ends[-1] :] if ends else word
    return "".join(words)


def neutral(grade: dict[str, Any], course: Path) -> dict[str, Any]:
    """``grade``, as JSON, with nothing of this machine in any of its words, those for the instructor included."""
    made: dict[str, Any] = _through(grade, this_machine(str(course.resolve())))
    return made


@functools.cache
def this_machine(course: str) -> Machine:
    """The one that this process runs on, with the course in ``course``."""
    paths = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib", "platstdlib")]
    paths += [*sys.path, *site.getsitepackages(), sys.prefix, sys.base_prefix, sys.exec_prefix]
    paths += [course, str(package_root()), str(Path("~").expanduser()), os.environ.get("HOME", ""), str(Path.cwd())]
    paths += [os.environ.get("MPLCONFIGDIR", ""), os.environ.get("KERAS_HOME", ""), tempfile.gettempdir(), _home()]
    paths += [p for p in os.environ.get("PATH", "").split(os.pathsep) if not p.startswith(("/usr/", "/bin", "/sbin"))]
    real = [*paths, *(os.path.realpath(p) for p in paths if p)]
    return Machine.of([p for p in real if p not in _ANYBODYS], platform.node())


def _home() -> str:
    """Of the user who grades; ``~`` is a folder of ours in the processes of the grader."""
    try:
        import pwd  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:  # a user without a name, as containers have them
        return ""


def _through(value: Any, machine: Machine) -> Any:
    if isinstance(value, str):
        return machine.neutral(value)
    if isinstance(value, list):
        return [_through(v, machine) for v in value]
    if isinstance(value, dict):
        return {k: _through(v, machine) for k, v in value.items()}
    return value
