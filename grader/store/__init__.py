"""Keeps finished grades, and what came of each run: `grader.store.store`. Here only what is light, as many import it."""

from __future__ import annotations

from grader.store.graded import Graded, key_of

__all__ = ["Graded", "key_of"]
