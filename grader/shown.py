"""Names and numbers of learners' files, made fit to be read in a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from grader.submissions import MB
from grader.text import Text, say

NAME_LENGTH = 120
LISTED = 5
# Controls, format characters (they turn text round), lone surrogates, private use, unassigned, line ends.
UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(name: str) -> str:
    """``name`` in NFC on one line without control characters, cut in the middle where it is long."""
    clean = "".join("\ufffd" if unicodedata.category(c) in UNSHOWN else c for c in unicodedata.normalize("NFC", name))
    if len(clean) <= NAME_LENGTH:
        return clean
    half = NAME_LENGTH // 2
    return f"{clean[:half]}…{clean[-half:]}"


def size(byte_count: int) -> str:
    """A size as a person reads it; the same in every language."""
    if byte_count < MB:
        return f"{byte_count / 1000:.3g} kB"
    return f"{byte_count / MB:,.0f} MB"


def joined(texts: Sequence[Text], between: str = ", ") -> Text:
    """Several texts as one."""
    return Text(between.join(t.en for t in texts), between.join(t.ko for t in texts))


def listed(names: Sequence[str]) -> Text:
    """The first few names, and how many more there are."""
    some = [Text.same(shown(name)) for name in names[:LISTED]]
    if len(names) > LISTED:
        some.append(say("and {count} more", count=len(names) - LISTED))
    return joined(some)
