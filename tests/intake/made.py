"""Real files to hand in: folders, zips, notebooks."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from grader.intake import Intake, IntakeLimits, take_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.text import Text

SLUGS = (
    "rank",
    "matmul",
    "reshape",
    "gates",
    "xor_mlp",
    "activations",
    "lr_sweep",
    "batchnorm",
    "dropout",
    "save_load",
)
TINY = IntakeLimits(script_mb=1, notebook_mb=1, learner_mb=2, total_mb=3, archive_mb=4, inner_archive_mb=1, entries=50)


def folder(root: Path, files: Mapping[str, bytes]) -> Path:
    """``root`` with these files; a name that ends in ``/`` is an empty folder."""
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(data)
    return root


def zipped(files: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def notebook(*sources: str, counts: tuple[int | None, ...] = (), **extra: object) -> bytes:
    """A notebook of format 4 with these code cells."""
    cells: list[object] = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "outputs": [],
            "source": source.splitlines(keepends=True),
            "execution_count": counts[i] if i < len(counts) else None,
        }
        for i, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **extra}).encode()


def take(*paths: Path, only: str | None = None, limits: IntakeLimits | None = None) -> Intake:
    """Take in with the course's slugs."""
    return take_in(paths, SLUGS, only=only, limits=limits or IntakeLimits())


def table(intake: Intake) -> dict[str, dict[str, str]]:
    """Learner's name -> exercise -> file that counts."""
    return {one.name: {s.slug: s.file for s in one.submissions} for one in intake.learners}


def words(messages: tuple[Text, ...]) -> str:
    """All messages in English."""
    return "\n".join(message.en for message in messages)


def all_words(intake: Intake) -> str:
    """Everything that an intake says."""
    texts = list(intake.messages)
    for learner in intake.learners:
        texts += learner.messages
        for submission in learner.submissions:
            texts += submission.messages
            texts += [submission.error] if submission.error else []
    return words(tuple(texts))
