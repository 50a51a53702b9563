"""Downloads as the platforms make them, name by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.intake.raw_zip import Archive, File

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = b"x = 1\n"
LATER = b"x = 2\n"
GIT = {
    ".git/HEAD": b"ref: refs/heads/main\n",
    ".git/objects/rank.py": b"not work\n",
    ".github/workflows/classroom.yml": b"on: push\n",
    ".gitignore": b"*.pyc\n",
    "README.md": b"# Homework\n",
    "requirements.txt": b"keras\n",
    "tests/test_rank.py": b"from rank import rank_of\n",
}


def canvas(name: str, user: int, file: int, own: str, *, late: bool = False) -> str:
    """As lib/content_zipper.rb of canvas-lms joins and cleans them; ``name`` is the sortable one."""
    clean = "".join(c for c in name.lower() if c.isalnum() or c == "_")
    return "_".join([clean, *(["LATE"] if late else []), str(user), str(file), own])


def moodle(name: str, number: int, own: str, *, since: str = "4.1") -> str:
    """As mod/assign/classes/downloader.php (since 4.1), and mod/assign/locallib.php before that."""
    ends = {"4.1": "_assignsubmission_file/", "3.1": "_assignsubmission_file_/", "2.3": "_assignsubmission_file_"}
    return f"{name}_{number}{ends[since]}{own}"


def gradescope(*records: str) -> bytes:
    """``submission_metadata.yml``."""
    return ("---\n" + "".join(records)).encode()


def record(number: int, *people: tuple[str, str, str], at: str, earlier: tuple[str, ...] = ()) -> str:
    """What Gradescope writes of one folder."""
    lines = [f"submission_{number}:", "  :submitters:"]
    for name, sid, mail in people:
        lines += [f"  - :name: {name}", f"    :sid: '{sid}'", f"    :email: {mail}"]
    lines += [f"  :created_at: {at}", "  :score: 7.0", "  :status: processed", "  :results:"]
    lines += ["    tests:", "    - name: shapes", "      output: |", "        :submitters: are not here", "  :history:"]
    for i, time in enumerate(earlier):
        lines += [f"  - :id: {i}", f"    :created_at: {time}", "    :score: 1.0", "    :results:", "      tests: []"]
    return "\n".join(lines) + "\n"


def korean_windows(files: Mapping[str, bytes]) -> bytes:
    """A zip as Korean Windows packs it: names in CP949, without the mark of UTF-8."""
    return Archive(tuple(File(name.encode("cp949"), data) for name, data in files.items())).written()


def cells_without_ids(*sources: str, same: bool = False) -> bytes:
    """A notebook of format 4.5 whose cells lost their ids, or all have the ``same``."""
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        | ({"id": "copied"} if same else {})
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
