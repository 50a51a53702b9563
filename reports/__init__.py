"""Saved grades as pages and files for people and programs. Runs nothing."""

from reports.writing import Written, write

__all__ = ["Written", "write"]
