"""Seed-fair judging of training: k of n seeds, stopping as soon as it is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.errors import AuthorError, WrongAnswer
from grader.grades import Finding, Mistake
from grader.text import say
from grader.texts import Texts, Training


@dataclass(frozen=True)
class Fairness:
    """Judges by several trainings, as [training.<check>] of the exercise says."""

    rule: Training | None
    texts: Texts

    def judge(
        self,
        measure: Callable[[int], float],
        rng: np.random.Generator,
        *,
        diagnose: Callable[[], str] | None = None,
    ) -> list[float]:
        """Calls ``measure(seed)`` with fresh seeds until enough reached the threshold, or enough can no longer.

        ``diagnose`` is asked only after a failure: the id of a mistake that explains why no start would do,
        or "" where the network could have learned it.

        Returns the figures measured. Raises WrongAnswer with the rate in it.
        """
        if self.rule is None:
            raise AuthorError(f"{self.texts.where}: a check that uses fair wants a [training.<check>] entry")
        figures: list[float] = []
        while len(figures) < self.rule.tries:
            figures.append(float(measure(int(rng.integers(1, 2**31 - 1)))))
            reached = sum(f >= self.rule.threshold for f in figures)
            if reached >= self.rule.successes:
                return figures
            if reached + self.rule.tries - len(figures) < self.rule.successes:
                break
        raise WrongAnswer(self._finding(self.rule, figures, diagnose() if diagnose else ""))

    def _finding(self, rule: Training, figures: list[float], mistake: str) -> Finding:
        reached = sum(f >= rule.threshold for f in figures)
        if mistake and not reached:
            message = say(
                "The network was trained from {n} different starts; it cannot learn this from any start.",
                n=len(figures),
            )
        else:
            message = say(
                "The network was trained from {n} different starts, and {reached} of them got there. "
                "One unlucky start would not have counted; this many mean that the training as it is does not suffice.",
                n=len(figures),
                reached=reached,
            )
        shown = ", ".join(f"{f:.4g}" for f in figures)
        return Finding(
            message,
            expected=say(
                "at least {threshold} in {k} of {n} trainings",
                threshold=f"{rule.threshold:g}",
                k=rule.successes,
                n=rule.tries,
            ),
            actual=say("{figures}, measured by the grader on its own data", figures=shown),
            mistake=Mistake(mistake, say("see the hint")) if mistake else None,
        )
