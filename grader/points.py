"""Points: what adds, how they are rounded (once, where a policy is applied), and how they are shown."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from fractions import Fraction

from grader.record import Record
from grader.text import Text

Points = int | Fraction
HUNDREDTHS = 100
_FULL = 100  # percent


def rounded(points: Points) -> Fraction:
    """To the nearest hundredth, halves up. Done once, to the points of an exercise, so that what is shown adds up."""
    return Fraction(math.floor(points * HUNDREDTHS + Fraction(1, 2)), HUNDREDTHS)


def shown(points: Points) -> str:
    """At most two decimals, none where there are none: 3, 3.2, 3.33."""
    exact = rounded(points)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.2f}".rstrip("0")


@dataclass(frozen=True)
class Score:
    """Points as a fraction that adds; nothing is rounded before it is shown."""

    points: Points = 0
    max_points: Points = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.points + other.points, self.max_points + other.max_points)

    def __str__(self) -> str:
        return f"{shown(self.points)} / {shown(self.max_points)}"

    @property
    def percent(self) -> int:
        """From 0; 0 and 100 only when exact (nothing, everything); more than 100 with extra credit."""
        if self.points == self.max_points or not self.max_points:
            return _FULL if self.max_points else 0
        share = round(_FULL * self.points / self.max_points)
        if self.points > self.max_points:
            return max(_FULL + 1, share)
        return 0 if not self.points else min(_FULL - 1, max(1, share))


class AdjustmentKind(enum.StrEnum):
    """Why points count otherwise than the checks gave them."""

    LATE = "late"
    UNKNOWN_TIME = "unknown_time"  # there is a deadline, and nobody told when the work came
    EXTENSION = "extension"
    OVERRIDE = "override"
    EXTRA_CREDIT = "extra_credit"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Adjustment(Record):
    """One thing that the course's policy did to an exercise, and the sentence that says why."""

    kind: AdjustmentKind
    text: Text
    points: Fraction = Fraction(0)  # what it added to the points of the exercise, or took
    check: str = ""  # the id of the check that it is about; "" for the whole exercise
    author: str = ""  # of an override
    reason: str = ""  # of an override, in the author's words


@dataclass(frozen=True)
class Counted(Record):
    """What an exercise counts for under the policy of the course."""

    points: Fraction  # in hundredths
    max_points: Fraction
    dropped: bool = False  # then it counts for nothing in the total
    adjustments: tuple[Adjustment, ...] = ()
