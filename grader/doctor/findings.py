"""What the doctor found, as data: one item a thing looked at, and all of them together."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from grader.engine.tiers import Tier
from grader.text import Text


class State(enum.StrEnum):
    """How it is."""

    OK = "ok"
    NOTE = "note"  # grading works without it, or less well
    ATTENTION = "attention"  # grading does not work, or not as demanded, until it is mended


class Part(enum.StrEnum):
    """Under which heading an item stands."""

    ISOLATION = "isolation"
    SESSIONS = "sessions"
    SURROUNDINGS = "surroundings"


@dataclass(frozen=True)
class Item:
    """One thing looked at."""

    id: str
    part: Part
    name: Text
    state: State
    said: Text
    repair: Text | None = None  # what to do, where something is missing

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "id": self.id,
            "part": self.part.value,
            "state": self.state.value,
            "name": self.name.to_json(),
            "said": self.said.to_json(),
            "repair": self.repair.to_json() if self.repair else None,
        }


@dataclass(frozen=True)
class Diagnosis:
    """Everything found."""

    machine: str
    tier: Tier  # the best in which a session ran; without sessions, the best whose layers are there
    items: tuple[Item, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing needs attention."""
        return all(item.state is not State.ATTENTION for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "machine": self.machine,
            "tier": self.tier.value,
            "healthy": self.healthy,
            "items": [item.to_json() for item in self.items],
        }
