"""Finds the learners that a policy names: by id, name, mail or number, and never by guessing."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from grader.intake import Intake, LearnerFiles
from grader.policy.model import Policy
from grader.text import Text, say


@dataclass(frozen=True)
class Found:
    """Who is meant by each name that a policy has, and what to say of the others."""

    ids: dict[str, str]  # as written -> id
    messages: tuple[Text, ...]

    def of(self, policy: Policy, learner: str) -> Policy:
        """The policy with only what is said of one learner."""
        return dataclasses.replace(
            policy,
            extensions=tuple(e for e in policy.extensions if self.ids.get(e.learner) == learner),
            overrides=tuple(o for o in policy.overrides if self.ids.get(o.learner) == learner),
        )


def sort_out(policy: Policy, intake: Intake) -> Found:
    """An id first, as it is unique; else a name, mail or number that exactly one learner has."""
    called: dict[str, set[str]] = defaultdict(set)
    for learner in intake.learners:
        for name in _names(learner):
            called[_plain(name)].add(learner.id)
    by_id = {_plain(learner.id): learner.id for learner in intake.learners}
    ids, messages = {}, []
    named = [*(e.learner for e in policy.extensions), *(o.learner for o in policy.overrides)]
    for name in dict.fromkeys(named):
        meant = {by_id[_plain(name)]} if _plain(name) in by_id else called[_plain(name)]
        if len(meant) == 1:
            ids[name] = next(iter(meant))
        elif meant:
            messages.append(
                say(
                    "Policy: several learners are called {name} ({ids}); write the id. Nothing was changed for them.",
                    name=name,
                    ids=", ".join(sorted(meant)),
                )
            )
        else:
            messages.append(say("Policy: no learner here is called {name}; nothing was changed.", name=name))
    return Found(ids, tuple(messages))


def _names(learner: LearnerFiles) -> list[str]:
    return [name for name in (learner.name, learner.email, *(number for _, number in learner.ids)) if name]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
