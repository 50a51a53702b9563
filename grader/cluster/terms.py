"""What the machines of one run must have in common, so that a grade is the same whichever of them made it.

``python -m grader.cluster.terms`` says what this one has: a process of its own, as trying the layers of isolation forks.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from grader.engine.environment import package_root, variables
from grader.engine.tiers import Tier, TierReport, detect
from grader.errors import ClusterFault
from grader.versions import versions

_LOOK_S = 120


@dataclass(frozen=True)
class Terms:
    """Of one machine."""

    versions: dict[str, str]
    source: str  # sha256 of GradeTape's own files: a checkout has a version long before it is released
    layers: dict[str, str]  # of isolation

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {"versions": self.versions, "source": self.source, "layers": self.layers}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Terms:
        """The reverse of `to_json`."""
        return cls(dict(data["versions"]), str(data["source"]), dict(data["layers"]))

    def refusal(self, theirs: Terms, tier: Tier) -> str:
        """Why a machine with ``theirs`` cannot grade for this one in ``tier``; "" where it can."""
        wrong = [
            f"{name} {theirs.versions.get(name) or 'none'} there, {version or 'none'} here"
            for name, version in self.versions.items()
            if theirs.versions.get(name) != version
        ]
        if not wrong and theirs.source != self.source:
            wrong = [f"gradetape's own files differ ({theirs.source[:12]} there, {self.source[:12]} here)"]
        if tier not in TierReport(Tier.PROCESS, theirs.layers).given:
            missing = ", ".join(f"{name}: {why}" for name, why in theirs.layers.items() if why != "ok")
            wrong.append(f"isolation {tier.value} is not given there ({missing})")
        return "; ".join(wrong)


def ours() -> Terms:
    """Of this machine, without its isolation: nothing is run on the one that hands out."""
    return Terms(versions(), source_sha256(), {})


def source_sha256() -> str:
    """Of the code and the texts that a grade is made with."""
    digest = hashlib.sha256()
    root = package_root() / "grader"
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.po")]):
        name = path.relative_to(root).as_posix()
        if not name.startswith("default_course/"):
            digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def look() -> Terms:
    """Of this machine, with its isolation, by a process of its own. Raises ClusterFault where that fails."""
    words = [sys.executable, "-m", "grader.cluster.terms"]
    try:
        said = subprocess.run(words, check=True, capture_output=True, timeout=_LOOK_S, env=variables())  # noqa: S603
        return Terms.from_json(json.loads(said.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        words_of_it = getattr(error, "stderr", None) or b""
        raise ClusterFault(f"it cannot tell what it has: {error} {words_of_it.decode(errors='replace')}") from error


if __name__ == "__main__":
    sys.stdout.write(json.dumps(Terms(versions(), source_sha256(), detect().layers).to_json()))
