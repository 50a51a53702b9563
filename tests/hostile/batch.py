"""Grades attacks as one class, honest learners between them, and looks at the world afterwards."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.course import Course, load_course
from grader.engine import framing, linux, processes
from grader.engine.client import JudgeHandle, Zygote
from grader.engine.tiers import Tier
from grader.errors import GraderFault
from grader.grades import ExerciseGrade, Outcome
from grader.grading import PRELOAD, Options, Planned, Run, plan
from grader.intake import Intake
from grader.intake.submissions import LearnerFiles, Submission
from tests.hostile.attack import Attack, Expected, called
from tests.hostile.world import SECRET, SECRET_VARIABLE, World

_VICTIM_EVERY = 10
_ANSWER_S = 60


@dataclass(frozen=True)
class Came:
    """What came of one attack in one tier."""

    points: int
    max_points: int
    status: str
    output: str
    told: str  # everything else that the learner is told, in English
    limits: tuple[str, ...]
    wall_s: float
    grade: dict[str, Any] = field(default_factory=dict, repr=False)  # all of it, as the report gets it

    @property
    def tried(self) -> list[str]:
        """What it says that it tried."""
        return self._lines("TRIED ")

    @property
    def broke(self) -> list[str]:
        """What it says that it did."""
        return self._lines("BROKE ")

    def _lines(self, word: str) -> list[str]:
        return [line.strip() for line in self.output.splitlines() if line.strip().startswith(word)]


@dataclass(frozen=True)
class Batch:
    """One tier's results, as one user."""

    tier: Tier
    came: dict[str, Came]  # by attack
    world: tuple[str, ...]  # what is not as it was before: must be empty, but for what attacks may break here

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Batch:
        """The reverse."""
        came = {name: Came(**{**c, "limits": tuple(c["limits"])}) for name, c in data["came"].items()}
        return cls(Tier(data["tier"]), came, tuple(data["world"]))


def grade(attacks: dict[Tier, Sequence[Attack]]) -> list[Batch]:
    """Each tier's attacks, one tier after another, with one zygote for all of them."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # whatever outlives its parents becomes a child of this process
    os.environ[SECRET_VARIABLE] = SECRET + "of the environment"
    with contextlib.closing(World.make()) as world:
        os.environ.update(HOME=str(world.root / "home"), TMPDIR=str(world.tmp))
        tempfile.tempdir = None
        with Zygote.start(preload=[*PRELOAD, "tests.hostile.duck"]) as zygote:
            batches = [_in_tier(tier, some, world, zygote) for tier, some in attacks.items()]
        left = _children()
    if left and batches:
        batches[-1] = dataclasses.replace(batches[-1], world=(*batches[-1].world, f"processes left: {left}"))
    return batches


def _in_tier(tier: Tier, attacks: Sequence[Attack], world: World, zygote: Zygote) -> Batch:
    course = load_course(world.course)
    before, faults, done = _zygotes(zygote), [], {}
    try:
        with _duck(zygote, tier) as (duck, found):
            tokens = {**world.tokens(), **found, "ZYGOTE_PID": str(zygote.pid)}
            run = Run(zygote, course, Options(None, tier, jobs=2), world.root / "run")
            wanted = _class(attacks, course, tokens, run.options)
            done = run.grade(list(wanted.values()), None)
            faults += run.faults
            framing.send(duck._channel, {"go": "on"})
            said = duck.recv(_ANSWER_S) or {"answer": f"gone: {duck.fault}"}
            if said != {"answer": SECRET + "of another kernel", "output": ""}:
                faults.append(f"another kernel was disturbed: {said}")
    except (GraderFault, TimeoutError) as error:
        return Batch(tier, {}, (f"the batch broke off: {error!r}", *faults))
    if (after := _zygotes(zygote)) != before:
        faults.append(f"the zygote or its children: {before} became {after}")
    came = {name: _came(done[item.key].grade, done[item.key].wall_s) for name, item in wanted.items()}
    faults += [
        f"{name} has {c.points} of {c.max_points} points: {c.told}"
        for name, c in came.items()
        if name.startswith("victim") and not c.points == c.max_points > 0
    ]
    return Batch(tier, {n: c for n, c in came.items() if "/" in n}, (*faults, *world.changes()))


@contextlib.contextmanager
def _duck(zygote: Zygote, tier: Tier) -> Iterator[tuple[JudgeHandle, dict[str, str]]]:
    with zygote.fork_judge("tests.hostile.duck:main", {"tier": tier.value}) as duck:
        found = duck.recv(_ANSWER_S)
        if found is None:
            raise GraderFault(f"no other kernel: {duck.fault}")
        named = {f"KERNEL_{name.upper()}": str(value) for name, value in found.items()}
        yield duck, {**named, "JUDGE_PID": str(duck.pid)}


def _class(attacks: Sequence[Attack], course: Course, tokens: dict[str, str], options: Options) -> dict[str, Planned]:
    """Attacks by their ids, and a victim before every few of them."""
    items: dict[str, Planned] = {}
    for i, attack in enumerate(attacks):
        if i % _VICTIM_EVERY == 0:
            items[f"victim {i}"] = _planned(f"victim {i}", "rank", _honest(course) + f"\n# {i}\n", course, options)
        items[attack.id] = _planned(attack.id, attack.exercise, with_tokens(attack.source, tokens), course, options)
    return items


def _honest(course: Course) -> str:
    solution = course.exercise("rank").solution
    assert solution is not None
    return solution.read_text(encoding="utf-8")


def with_tokens(source: str, tokens: dict[str, str]) -> str:
    """``@NAME@`` replaced by what it stands for."""
    for name, value in tokens.items():
        source = source.replace(f"@{name}@", value)
    return source


def _planned(name: str, slug: str, source: str, course: Course, options: Options) -> Planned:
    id_ = name.replace("/", "-").replace(" ", "-")
    one = LearnerFiles(id_, name, (Submission(id_, name, slug, f"{id_}.py", source.encode()),))
    return plan(Intake((one,)), course, options)[0]


def _came(grade: ExerciseGrade, wall_s: float) -> Came:
    data = grade.to_json()
    output = data["run"].pop("output")
    limits = sorted({c.limit for c in grade.run.cells if c.limit})
    return Came(
        grade.score.points,
        grade.score.max_points,
        grade.status.value,
        output,
        "\n".join(_english(data)),
        tuple(limits),
        round(wall_s, 2),
        grade.to_json(),
    )


def _english(data: Any) -> Iterator[str]:
    """Every text in it, the English one of those in two languages."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _english(value) if key != "ko" else ()
    elif isinstance(data, list):
        for value in data:
            yield from _english(value)
    elif isinstance(data, str) and data:
        yield data


def _zygotes(zygote: Zygote) -> list[int]:
    """The zygote and what it keeps, but for kernels that wait for the next session."""
    zygote.rest()
    _settle()
    return processes.tree(zygote.pid)


def _children() -> list[str]:
    """What lives below this process."""
    return [f"{pid} {_command(pid)}" for pid in processes.tree(os.getpid())[1:] if _lives(pid)]


def _lives(pid: int) -> bool:
    return processes.read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[:1] not in ([], [b"Z"])


def _command(pid: int) -> str:
    return processes.read(f"/proc/{pid}/cmdline").replace(bytes(1), b" ").decode(errors="replace")


def _settle(patience_s: float = 2) -> None:
    """Judges that have answered need a moment to go."""
    deadline = time.monotonic() + patience_s
    while len(_children()) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)


def problems(attack: Attack, expected: Expected, came: Came | None) -> list[str]:
    """What is not as the attack's header says it must be."""
    if came is None:
        return ["there is no grade of it"]
    return [*breaches(expected, came), *misnamed(expected, came)]


def breaches(expected: Expected, came: Came) -> list[str]:
    """What it got that it must not get, or the reverse."""
    wanted = came.max_points if expected.points == "all" else expected.points
    broke = [*came.broke, *(["it has read a secret"] if SECRET in f"{came.told}\n{came.output}" else [])]
    found = []
    if came.status != "graded":
        found.append(f"its status is {came.status}")
    if came.points != wanted:
        found.append(f"it got {came.points} points instead of {wanted} (of {came.max_points})")
    if spared := [c["id"] for c in came.grade.get("checks", ()) if c["outcome"] == Outcome.FAULTED]:
        found.append(f"it was spared {spared}, as a fault of the grader's")
    if not came.tried and not came.limits:
        found.append("it did not try: no line TRIED in its output")
    if broke and not expected.broke:
        found.append(f"it got through: {broke}")
    if expected.broke and not broke:
        found.append("its header says that this tier does not stop it, but it was stopped")
    return found


def misnamed(expected: Expected, came: Came) -> list[str]:
    """What the learner was not told, or which limit was not named."""
    other = bool(expected.or_limit) and came.limits == (expected.or_limit,)
    says = () if other else expected.says
    found = [f"the learner was not told {words!r}" for words in says if words not in came.told]
    if expected.limit and not other and expected.limit not in came.limits:
        found.append(f"the limit {expected.limit!r} was not named, but {came.limits}")
    return found


def main() -> None:
    """In a process of its own: ``python -m tests.hostile.batch`` with {tier: [attack]} on its input, results on its output."""
    wanted = {Tier(tier): [called(name) for name in names] for tier, names in json.load(sys.stdin).items()}
    for one in grade(wanted):
        print(json.dumps(one.to_json()), flush=True)


if __name__ == "__main__":
    main()
