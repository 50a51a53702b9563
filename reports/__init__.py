"""Saved grades as pages and files for people and programs. Runs nothing."""

from grader.wholefile import put
from reports.similarity import write_similarity
from reports.writing import Written, json_bytes, write

__all__ = ["Written", "json_bytes", "put", "write", "write_similarity"]
