"""What a drawn picture is, for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """One SVG, and what stands above it where a picture has several."""

    svg: Markup
    caption: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """A small sample of a line or area, and its name."""

    sample: Markup
    name: str


@dataclass(frozen=True)
class Figure:
    """A picture, ready for the page; ``broke`` where its figures could not be drawn."""

    title: str
    description: str
    drawings: tuple[Drawing, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    broke: bool = False


@dataclass(frozen=True)
class Context:
    """What every drawing needs to know besides its figures."""

    key: str  # unique on the page
    title: str
    description: str
    lang: str

    def word(self, word: Any) -> str:
        """A name or label of the figures: a text in all languages, or plain words."""
        return str(word.get(self.lang, "")) if isinstance(word, dict) else str(word)
