"""The words of one exercise, in both languages, as its TOML files hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.errors import AuthorError
from grader.text import LANGUAGES, Text

SECTIONS = ("checks", "mistakes", "messages", "pictures", "labels", "training")


@dataclass(frozen=True)
class Training:
    """How often a training must succeed, and what was measured when that was set.

    ``threshold`` is in the unit of the measure (accuracy in 0..1), ``measured`` says on how many seeds it held.
    """

    threshold: float
    successes: int
    tries: int
    measured: str


@dataclass(frozen=True)
class Texts:
    """Titles, hints, named mistakes, messages, picture titles and labels of one exercise."""

    where: str  # the file that an author opens to mend them
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def _entry(self, section: str, key: str) -> Any:
        try:
            return self.sections[section][key]
        except KeyError:
            raise AuthorError(f"{self.where}: there is no [{section}.{key}]; add it with en and ko") from None

    def _text(self, section: str, key: str, entry: Any) -> Text:
        words = [entry.get(lang) for lang in LANGUAGES] if isinstance(entry, dict) else [None]
        if not all(isinstance(one, str) for one in words):
            raise AuthorError(f"{self.where}: [{section}.{key}] wants en and ko")
        return Text(*words)

    def title(self, check: str, english: str) -> Text:
        """The title of ``check``: its docstring, and ``title_ko`` of [checks.<id>]."""
        korean = self._entry("checks", check).get("title_ko")
        if not isinstance(korean, str):
            raise AuthorError(f"{self.where}: [checks.{check}] wants title_ko")
        return Text(english, korean)

    def hints(self, check: str) -> tuple[Text, ...]:
        """At most three, each says a little more."""
        hints = self._entry("checks", check).get("hints", [])
        if not isinstance(hints, list):
            raise AuthorError(f"{self.where}: the hints of [checks.{check}] are a list, each with en and ko")
        return tuple(self._text("checks", check, hint) for hint in hints)

    def mistake(self, key: str) -> Text:
        """What the named mistake is, in one sentence."""
        return self._text("mistakes", key, self._entry("mistakes", key))

    def message(self, key: str, parts: Mapping[str, Any]) -> Text:
        """A message of the exercise's own, with ``{parts}`` filled in."""
        raw = self._text("messages", key, self._entry("messages", key))
        try:
            filled = [
                raw.in_language(lang).format_map(
                    {k: v.in_language(lang) if isinstance(v, Text) else v for k, v in parts.items()}
                )
                for lang in LANGUAGES
            ]
        except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
            known = ", ".join(f"{{{name}}}" for name in parts) or "no {parts}"
            raise AuthorError(f"{self.where}: [messages.{key}] can have {known}, and {error} is none") from error
        return Text(*filled)

    def picture(self, key: str) -> tuple[Text, Text]:
        """Title and description of a picture."""
        entry = self._entry("pictures", key)
        return (
            self._text("pictures", f"{key}.title", entry.get("title")),
            self._text("pictures", f"{key}.description", entry.get("description")),
        )

    def label(self, word: str) -> Text:
        """The word on an axis or a line; one that has no entry is the same in every language."""
        entry = self.sections.get("labels", {}).get(word)
        return Text.same(word) if entry is None else self._text("labels", word, entry)

    def training(self, check: str) -> Training | None:
        """How the trained check is judged; None for a check that trains nothing."""
        entry = self.sections.get("training", {}).get(check)
        if entry is None:
            return None
        kinds = {"threshold": (int, float), "successes": (int,), "tries": (int,), "measured": (str,)}
        if entry.keys() != kinds.keys() or not all(isinstance(entry[k], kind) for k, kind in kinds.items()):
            raise AuthorError(f"{self.where}: [training.{check}] wants {', '.join(kinds)}")
        return Training(**entry)
