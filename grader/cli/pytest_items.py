"""Submissions as pytest sees them: a test item for each check, judged by the engine; failures in the words learners read."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

from grader.cli.options import course_to_grade, default_language, refuse_exposed, the_tier
from grader.course import Course, load_checks
from grader.engine import environment
from grader.engine.client import Zygote
from grader.engine.workplace import workplace
from grader.errors import AuthorError, GradeTapeError
from grader.grades import CheckResult, ExerciseGrade, LearnerGrade, Outcome, Status
from grader.grading import PRELOAD, Options, Planned, Run, plan
from grader.harmless import no_command, on_one_line
from grader.intake import YOU, Intake, take_in
from grader.text import say
from reports.formats.feedback import of_check
from reports.hidden import for_learner


@dataclass
class Engine:
    """Starts TensorFlow when the first item wants it, once for all items of this process; remembers each file's grade."""

    course: Course
    options: Options
    held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    started: tuple[Zygote, Path] | None = None
    grades: dict[str, ExerciseGrade] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)  # of ours, for whoever mends them

    def grade(self, item: Planned) -> ExerciseGrade:
        """As the learner may read it. Raises GradeTapeError where the engine does not start."""
        if item.key not in self.grades:
            if self.started is None:
                scratch = self.held.enter_context(workplace())
                self.started = self.held.enter_context(Zygote.start(preload=PRELOAD)), scratch
            zygote, scratch = self.started
            run = Run(zygote, self.course, self.options, scratch)
            graded = run.grade([item], None)[item.key]
            self.faults[item.key] = [fault.strip().splitlines()[-1] for fault in run.faults]
            (self.grades[item.key],) = for_learner(LearnerGrade("", "", (graded.grade,))).exercises
        return self.grades[item.key]


class Submissions:
    """The plugin that is there where ``--submission`` was given."""

    def __init__(self, config: pytest.Config) -> None:
        self.lang: str = config.getoption("submission_lang") or default_language()
        paths = [config.invocation_params.dir / name for name in config.getoption("submission")]
        if missing := [str(path) for path in paths if not path.exists()]:
            raise pytest.UsageError(f"there is no {', '.join(missing)}")
        folder = config.getoption("submission_course")
        try:
            course = course_to_grade(config.invocation_params.dir / folder if folder else None)
            tier = the_tier(config.getoption("submission_isolation"), self.lang)
            with _path_of_the_engine():
                refuse_exposed(course, tier)
        except (GradeTapeError, click.ClickException) as wrong:
            raise pytest.UsageError(str(wrong)) from wrong
        self.intake: Intake = take_in(paths, course.slugs, tasks=course.task_names)
        self.engine = Engine(course, Options(None, tier))
        planned = plan(self.intake, course, self.engine.options)
        self.planned = [p for p in planned if p.job.cells is not None or p.job.error]
        if not self.planned:
            raise pytest.UsageError(f"nothing to grade: no file is named after an exercise ({', '.join(course.slugs)})")

    def pytest_report_header(self) -> list[str]:
        """How well submissions are confined, and what was odd about the files."""
        messages = [message.in_language(self.lang) for message in self.intake.messages]
        return [f"gradetape: isolation {self.engine.options.tier.value}", *map(no_command, messages)]

    @pytest.hookimpl(tryfirst=True)  # before -k and the like choose among them
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Adds the items of all files; pytest hears of each file, counts its items, and reports one whose checks are broken."""
        for planned in self.planned:
            file = SubmittedFile.of(session, planned, self.engine, self.lang)
            report = file.ihook.pytest_make_collect_report(collector=file)
            file.ihook.pytest_collectreport(report=report)
            items.extend(item for item in report.result if isinstance(item, pytest.Item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Says of what is skipped where the learner's file is, not where in this one that was found out."""
        del call
        report = yield
        if isinstance(item, CheckItem) and isinstance(report.longrepr, tuple):
            report.longrepr = (str(item.reportinfo()[0]), 1, report.longrepr[2])
        return report

    def pytest_unconfigure(self) -> None:
        """Ends the engine."""
        self.engine.held.close()


def _below_root(config: pytest.Config) -> str:
    """The folder we are in as pytest puts it before a name: from its root."""
    here = config.invocation_params.dir
    below = here.relative_to(config.rootpath).as_posix() if here.is_relative_to(config.rootpath) else "."
    return "" if below == "." else f"{below}/"


@contextlib.contextmanager
def _path_of_the_engine() -> Iterator[None]:
    """``sys.path`` as the engine's processes have it meanwhile: pytest adds folders to its own, this one among them."""
    ask = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.path))"]
    told = subprocess.run(ask, env=environment.variables(), stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own interpreter
    ours, sys.path[:] = sys.path[:], json.loads(told.stdout)
    try:
        yield
    finally:
        sys.path[:] = ours


class SubmittedFile(pytest.Collector):
    """One learner's file for one exercise."""

    planned: Planned
    engine: Engine
    lang: str

    @classmethod
    def of(cls, session: pytest.Session, planned: Planned, engine: Engine, lang: str) -> SubmittedFile:
        """Named by learner and file, as far as a name can stand in a test's."""
        file = planned.job.file if planned.name == YOU else f"{planned.name}/{planned.job.file}"
        name = on_one_line(file).replace("::", ":")
        made: SubmittedFile = cls.from_parent(session, name=name, nodeid=_below_root(session.config) + name)
        made.planned, made.engine, made.lang = planned, engine, lang
        return made

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each check, public and, where they are at hand, hidden ones."""
        slug = self.planned.job.slug
        try:
            checks = load_checks(self.engine.course.exercise(slug))
        except AuthorError as wrong:
            raise self.CollectError(str(wrong)) from wrong
        for index, check in enumerate(checks):
            item: CheckItem = CheckItem.from_parent(self, name=f"{slug}::{check.id}")
            item.index, item.check_id = index, check.id
            yield item


class CheckItem(pytest.Item):
    """One check on one file."""

    parent: SubmittedFile
    index: int
    check_id: str
    result: CheckResult | None = None
    grade: ExerciseGrade

    def setup(self) -> None:
        """Has the file graded. Our own fault ends here, which pytest calls an error and not a failure."""
        file = self.parent
        try:
            self.grade = file.engine.grade(file.planned)
        except GradeTapeError as fault:
            pytest.fail(f"the grader itself failed: {fault}", pytrace=False)
        if self.grade.status is Status.FAULTED:
            said = [m.in_language(file.lang) for m in self.grade.messages]
            pytest.fail(self._words(*said, *file.engine.faults[file.planned.key]), pytrace=False)
        self.result = self.grade.checks[self.index]
        score = ("score", self.result.points), ("max_score", self.result.max_points)
        about = ("check_id", self.check_id), ("exercise", self.grade.slug), ("learner", file.planned.learner)
        self.user_properties += [*score, *about]
        if self.result.outcome is Outcome.FAULTED:
            pytest.fail(self._words(*of_check(self.result, file.lang)), pytrace=False)

    def runtest(self) -> None:
        """Passes, skips, or fails with what the report says."""
        assert self.result is not None
        if self.result.outcome is Outcome.PASSED:
            return
        lines = of_check(self.result, self.parent.lang)
        if self.grade.status is Status.UNREADABLE:
            pytest.fail(self._words(*lines), pytrace=False)
        if self.result.outcome is Outcome.SKIPPED:
            pytest.skip(on_one_line("\n".join(lines)))
        trace = self.result.finding.traceback if self.result.finding else ""
        pytest.fail(self._words(*lines, *([trace] if trace else []), *self._stops()), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says that it is."""
        return self.config.invocation_params.dir / self.parent.name, None, self.name

    def _stops(self) -> Iterator[str]:
        for cell in self.grade.run.cells:
            if cell.error:
                said = say("Cell {number} stopped: {error}", number=cell.number, error=cell.error)
                yield said.in_language(self.parent.lang)

    def _words(self, *lines: str) -> str:
        """Fit for the log of a service that takes commands from it."""
        title = [self.result.title.in_language(self.parent.lang)] if self.result else []
        return no_command("\n".join([*title, *lines]))
