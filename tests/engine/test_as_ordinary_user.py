"""Where the tests run as root, those of confinement run once more as an ordinary user, who owns nothing here."""

from __future__ import annotations

import os

import pytest

from tests.hostile import user

FILES = ("confinement", "detection", "landlock", "sandbox", "seccomp", "filter")


@pytest.mark.skipif(os.geteuid() != 0, reason="these tests run as an ordinary user already")
def test_an_ordinary_user_is_confined_as_well() -> None:
    files = [f"tests/engine/test_{name}.py" for name in FILES]
    said = user._as(
        user.ORDINARY, ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", *files]
    )
    assert " passed" in said
    assert "failed" not in said
