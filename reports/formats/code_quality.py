"""GitLab's Code Quality report: a JSON list of findings, shown in merge requests beside the lines; fields as in GitLab's docs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from grader.grades import ClassGrade
from reports.formats.base import Exported, File, Wishes, unfinished
from reports.formats.remarks import ERROR, Remark, remarks_on


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``code-quality.json``. A finding without a file has no place in it; the other reports show it."""
    seen: Counter[str] = Counter()
    entries = [_entry(remark, seen) for remark in remarks_on(klass, wishes) if remark.path]
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    return Exported((File("code-quality.json", text),), unfinished(klass))


def _entry(remark: Remark, seen: Counter[str]) -> dict[str, Any]:
    key = f"{remark.path}\0{remark.rule}\0{remark.title}"
    seen[key] += 1
    return {
        "description": f"{remark.title}: {remark.text}",
        "check_name": remark.rule,
        "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest(),
        "severity": "major" if remark.level == ERROR else "minor",
        "location": {"path": remark.path, "lines": {"begin": remark.line or 1}},
    }
