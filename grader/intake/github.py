"""A folder of repositories, as ``gh classroom clone`` makes it: ``rank-submissions/rank-login/``, each with ``.git``.

What a repository holds besides the learner's work (README, CI, tests, checks) is left out quietly.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from grader.intake.folders import Folder
from grader.intake.found import Found, Handed, Split, files_below, holds_programs, joined_by_key, learner, programs
from grader.intake.matching import Exercises
from grader.intake.names import may_be_learner

CLONES = "-submissions"
TESTS = re.compile(r"(?i)tests?|autograd(ing|er)|docs?|scripts")
BRANCH = re.compile(r"-(main|master)$")  # of a repository that was downloaded as a zip


def github(folder: Folder, exercises: Exercises) -> Split | None:
    """More of the folders in it are repositories than not."""
    unpacked = [_unpacked(below) for below in folder.folders]
    repositories = [below for below in unpacked if below.repository]
    others = [below for below in unpacked if not below.repository and holds_programs(below)]
    if folder.repository or programs(folder) or len(repositories) <= len(others):
        return None
    names = [BRANCH.sub("", below.name) for below in repositories]
    parts = [_parts(name, names, folder.name, exercises) for name in names]
    if not all(head and may_be_learner(login, exercises) for head, login in parts):
        return None  # of one learner, or called after learners, as any folder may be
    if len(parts) == 1 and not folder.name.endswith(CLONES):
        return None
    found = [
        (login.casefold(), _found(below, head, login, exercises))
        for below, (head, login) in zip(repositories, parts, strict=True)
    ]
    plain = tuple(learner(below.name, below, exercises) for below in others)
    return Split((*joined_by_key(found), *plain), folder.messages)


def _unpacked(folder: Folder) -> Folder:
    """``hw1-ada-main.zip``, as GitHub's "Download ZIP" packs it, holds a folder of that name."""
    below = folder.folders[0] if len(folder.folders) == 1 and not folder.files else folder
    same = below.name == folder.name and BRANCH.search(below.name)
    return replace(below, messages=(*folder.messages, *below.messages)) if same and below is not folder else folder


def _found(folder: Folder, head: str, login: str, exercises: Exercises) -> Found:
    above = (head,) if exercises.slug(head) else ()
    files = tuple(files_below(folder, exercises, above))
    own = tuple(one for one in files if not _of_the_template(one))
    return Found(login, own or files, folder.all_messages(), ids=(("github", login),))


def _of_the_template(handed: Handed) -> bool:
    return any(TESTS.fullmatch(name) for name in handed.folders)


def _parts(name: str, names: Sequence[str], above: str, exercises: Exercises) -> tuple[str, str]:
    """The assignment and the login in a repository's name, either of which may hold hyphens."""
    if above.endswith(CLONES) and name.startswith(head := above.removesuffix(CLONES) + "-") and name != head:
        return head[:-1], name.removeprefix(head)
    hyphens = [i for i, char in enumerate(name) if char == "-" and 0 < i < len(name) - 1]
    for i in reversed(hyphens):
        match = exercises.match(name[:i])
        if match and match.slug and not match.owner:
            return name[:i], name[i + 1 :]
    same = min((_same(name, other) for other in names if other != name), key=len, default="")
    head = same.rpartition("-")[0]
    return (head, name[len(head) + 1 :]) if head and len(name) > len(head) + 1 else ("", name)


def _same(one: str, other: str) -> str:
    """What both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(a for a, _ in pairs)
