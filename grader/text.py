"""A sentence in every language we speak, rendered when it is said.

A saved grade keeps both languages, so that a report needs no catalogue and a reader can switch later.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import AuthorError

LANGUAGES = ("en", "ko")
LOCALE_DIR = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Text:
    """One sentence in English and Korean."""

    en: str
    ko: str

    def __str__(self) -> str:
        return self.en

    def in_language(self, lang: str) -> str:
        """The sentence in ``lang``, one of `LANGUAGES`."""
        return self.ko if lang == "ko" else self.en

    def to_json(self) -> dict[str, str]:
        """As it stands in a saved grade."""
        return {"en": self.en, "ko": self.ko}

    @classmethod
    def from_json(cls, data: dict[str, str]) -> Text:
        """The reverse of `to_json`."""
        return cls(data["en"], data["ko"])

    @classmethod
    def same(cls, words: str) -> Text:
        """Words that are no language: code, values, names."""
        return cls(words, words)


@functools.cache
def catalogue(lang: str) -> dict[str, str]:
    """English sentence -> sentence in ``lang``, read from the ``.po`` file; empty for English."""
    path = LOCALE_DIR / lang / "LC_MESSAGES" / "grader.po"
    if lang == "en" or not path.exists():
        return {}
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not needed where English is spoken

    try:
        with path.open("rb") as file:
            messages = list(read_po(file, locale=lang, abort_invalid=True))
    except Exception as error:  # whatever the parser makes of a broken file
        raise AuthorError(f"{path} cannot be read ({error}); mend it, then: make texts") from error
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def say(message: str, /, **parts: Any) -> Text:
    """``message`` in every language, with ``{parts}`` filled in; a part may be a `Text` itself.

    Learners' words go into ``parts``, never into ``message``: parts are not formatted again.
    """

    def render(lang: str) -> str:
        values = {k: v.in_language(lang) if isinstance(v, Text) else v for k, v in parts.items()}
        translated = catalogue(lang).get(message, message)
        try:
            return translated.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError, TypeError):
            if translated == message:
                raise
            return message.format_map(values)  # better in English than not at all

    return Text(render("en"), render("ko"))
