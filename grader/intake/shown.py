"""Names and numbers of learners' files, made fit to be read in a message."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from grader.intake.submissions import MB
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME_LENGTH = 120
LISTED = 5
MOST_MESSAGES = 50  # about one learner, or about what belongs to nobody
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


def listed(names: Sequence[str], most: int = LISTED) -> Text:
    """The first few names, and how many more there are."""
    some = [Text.same(shown(name)) for name in names[:most]]
    if len(names) > most:
        some.append(say("and {count} more", count=len(names) - most))
    return joined(some)


def first_few(messages: Sequence[Text]) -> tuple[Text, ...]:
    """Each message once; of very many the first ones and their number."""
    once = tuple(dict.fromkeys(messages))
    if len(once) <= MOST_MESSAGES:
        return once
    return (*once[:MOST_MESSAGES], say("There are {count} more messages like these.", count=len(once) - MOST_MESSAGES))
