"""Whether two spellings of a person's name, or of an id, are the same."""

from __future__ import annotations

import re
import unicodedata

_NO_LETTER = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """For comparing: one form of each letter, no case, no spaces at the ends."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def squashed(text: str) -> str:
    """Letters and digits alone, as Canvas puts names into the names of files."""
    return _NO_LETTER.sub("", plain(text))


def name_forms(name: str) -> set[str]:
    """“Ada Lovelace” as itself, as “Lovelace, Ada”, and as “lovelaceada”, which Canvas makes of it.

    Which of several words is the family name is not known: each may stand first.
    """
    words = plain(name)
    last, comma, first = words.partition(",")
    forward = f"{first.strip()} {last.strip()}" if comma else words
    letters = forward.replace(",", " ").split()
    turned = {squashed("".join([*letters[i:], *letters[:i]])) for i in range(len(letters))}
    if comma:
        turned = {squashed(first + last), squashed(last + first)}
    return {form for form in (forward, *turned) if form}


def same_id(text: str) -> str:
    """An id for comparing: spreadsheets drop zeros in front, people put hyphens and blanks into numbers."""
    bare = plain(text)
    digits = re.sub(r"[\s-]+", "", bare)
    return digits.lstrip("0") or digits if digits.isdigit() else bare
