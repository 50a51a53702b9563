"""``grader watch``: checks on every save, one exercise at a time, with a grader that is warm."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text as Styled

from grader.cli.homework import broken_files, next_hint, show_progress, start_anew
from grader.cli.keys import read_key, single_keys
from grader.cli.options import course_option, course_to_grade, isolation_option, language_option, the_tier
from grader.cli.student import public_only
from grader.cli.terminal import print_grade, say_line
from grader.course import Course, Exercise
from grader.engine.client import Zygote
from grader.engine.workplace import workplace
from grader.grades import ExerciseGrade
from grader.grading import PRELOAD, Options, Run, plan
from grader.homework import PROGRAMS, Homework
from grader.intake import take_in
from grader.text import Text, say

SETTLE_MS = 30  # an editor writes a file in several steps


@dataclass(frozen=True)
class Saved:
    """A file of the folder has changed."""

    path: Path


@dataclass(frozen=True)
class Key:
    """A key was pressed; "" at the end of the input."""

    character: str


@dataclass(frozen=True)
class Checked:
    """A grading that was begun as number ``turn`` has ended; None where it was given up, or where we failed.

    ``faults``: what went wrong on our side, for whoever mends it.
    """

    turn: int
    grade: ExerciseGrade | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blind:
    """Files are no longer looked at."""

    why: str


Event = Saved | Key | Checked | Blind


@click.command()
@course_option
@language_option
@isolation_option
def watch(course_dir: Path | None, lang: str, isolation: str | None) -> None:
    """Check on every save, one exercise at a time. Keys: h hint, l list, n next, c check again, r reset, q quit."""
    course = public_only(course_to_grade(course_dir))
    homework = Homework.open(Path(), course)
    here = [e for e in course.exercises if homework.file_of(e)]
    if not here:
        nothing = say("No exercise lies in this folder; `grader init .` puts them here.")
        raise click.UsageError(nothing.in_language(lang))
    first = next((e for e in here if not homework.standing(e.slug).done), here[0])
    options = Options(seed=0, tier=the_tier(isolation, lang), jobs=1, hidden=False)
    console = Console()
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(workplace())
        with console.status("TensorFlow …"):
            zygote = stack.enter_context(Zygote.start(preload=PRELOAD))
        stack.enter_context(single_keys())
        Session(course, homework, options, console, lang, Checker(zygote, course, options, scratch), first).run()


@dataclass
class Checker:
    """Grades one file at a time in a thread; a newer order ends the one at work."""

    zygote: Zygote
    course: Course
    options: Options
    scratch: Path
    turn: int = 0
    at_work: Run | None = None

    def begin(self, path: Path, slug: str, tell: Callable[[Checked], None]) -> int:
        """Starts grading ``path`` -> the number that `Checked` will bear."""
        self.stop()
        self.turn += 1
        run = self.at_work = Run(self.zygote, self.course, self.options, self.scratch)
        threading.Thread(target=self._grade, args=(run, path, slug, self.turn, tell), daemon=True).start()
        return self.turn

    def stop(self) -> None:
        """Ends what is at work."""
        if self.at_work:
            self.at_work.stop()

    def _grade(self, run: Run, path: Path, slug: str, turn: int, tell: Callable[[Checked], None]) -> None:
        try:
            (item,) = plan(
                take_in([path], self.course.slugs, only=slug, tasks=self.course.task_names), self.course, self.options
            )
            told = Checked(turn, run.grade([item], None)[item.key].grade, tuple(run.faults))
        except Exception as error:
            stopped = run.judges.stopping.is_set() or not path.exists()  # a newer order is at work, or the file is gone
            told = Checked(turn, None, () if stopped else (*run.faults, f"{type(error).__name__}: {error}"))
        tell(told)


@dataclass
class Session:
    """What is on the screen, and what each event does to it."""

    course: Course
    homework: Homework
    options: Options
    console: Console
    lang: str
    checker: Checker
    current: Exercise
    turn: int = 0
    asked_to_reset: bool = False
    grade: ExerciseGrade | None = None
    events: queue.Queue[Event] = field(default_factory=queue.Queue)

    def run(self) -> None:
        """Until q, Ctrl-C or the end of the input."""
        stopping = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._look, args=(stopping,), daemon=True).start()
        try:
            self.check()
            while self.react(self.events.get()):
                pass
        except KeyboardInterrupt:
            pass
        finally:
            stopping.set()
            self.checker.stop()
            self.homework.save()

    def _listen(self) -> None:
        while True:
            key = read_key()
            self.events.put(Key(key))
            if key in ("", "q", "Q"):
                return

    def _look(self, stopping: threading.Event) -> None:
        from watchfiles import watch as changes  # noqa: PLC0415 - loads slowly, and is needed here alone

        here = self.homework.folder
        looks = changes(here, debounce=SETTLE_MS, step=SETTLE_MS // 3, stop_event=stopping, recursive=False)
        try:
            for batch in looks:
                for path in {Path(name) for _, name in batch}:
                    if path.suffix in PROGRAMS and path.is_file():
                        self.events.put(Saved(path))
        except Exception as error:  # such as a system that watches no more files for anybody
            self.events.put(Blind(f"{type(error).__name__}: {error}"))

    def react(self, event: Event) -> bool:
        """Does what an event asks for; False where it is to end. What cannot be done is said, and the loop goes on."""
        try:
            return self._do(event)
        except OSError as error:
            self._show(say("This could not be done: {error}", error=str(error)))
            return True

    def _do(self, event: Event) -> bool:
        if isinstance(event, Blind):
            self._show(
                say("Your files can no longer be watched ({why}). Press c to check what you have saved.", why=event.why)
            )
        elif isinstance(event, Checked):
            self._checked(event)
        elif isinstance(event, Saved):
            self._saved(event.path)
        elif event.character in ("", "q", "Q"):
            return False
        else:
            self._key(event.character.lower())
        return True

    def check(self) -> None:
        """Begins to check the exercise at hand."""
        path = self.homework.file_of(self.current)
        if self.current.broken:
            self._show(broken_files(self.current, self.current.broken))
            return
        if path is None:
            self.grade = None
            self._show(say("There is no file for {slug} here; press r to put it there.", slug=self.current.slug))
            return
        self._show(say("checking {file} …", file=path.name))
        self.turn = self.checker.begin(path, self.current.slug, self.events.put)

    def _saved(self, path: Path) -> None:
        wanted = next((e for e in self.course.exercises if e.slug == path.stem), None)
        if wanted is not None:
            self.current = wanted
            self.grade = None
            self.check()

    def _checked(self, event: Checked) -> None:
        if event.turn != self.turn:
            return
        if event.grade is None:
            self.grade = None
            if event.faults:
                self._show(*fault_lines(event.faults))
            else:
                self.check()  # the file is gone: says so, and how it comes back
            return
        self.grade = event.grade
        self.homework.note(event.grade)
        self._show(*(fault_lines(event.faults) if event.grade.faulted else ()))
        self.homework.save()

    def _key(self, key: str) -> None:
        confirmed = self.asked_to_reset and key == "y"
        self.asked_to_reset = False
        if confirmed:
            self.grade = None  # of the work that is put aside
            self._show(start_anew(self.homework, self.current, None, self.lang))
            self.check()
        elif key == "h":
            self._show(*next_hint(self.homework, self.current))
            self.homework.save()
        elif key == "l":
            self.console.print()
            show_progress(self.console, self.homework, self.lang, self.current.slug)
        elif key == "n":
            self.current = self.homework.next(self.current.slug) or self.current
            self.grade = None
            self.check()
        elif key == "c":
            self.check()
        elif key == "r":
            self.asked_to_reset = True
            self._show(say("Start {slug} anew? Your work is kept beside it. Press y for yes.", slug=self.current.slug))

    def _show(self, *lines: Text) -> None:
        """The exercise, what was found last, ``lines``, and the keys."""
        if self.console.is_terminal:
            getattr(self.console.file, "clear", self.console.clear)()  # our own stream lets no text clear it
        done = sum(self.homework.standing(e.slug).done for e in self.course.exercises)
        heading = (
            f"{self.current.slug} · {self.current.title.in_language(self.lang)} · {done}/{len(self.course.exercises)}"
        )
        self.console.rule(Styled(heading))
        if self.grade is not None:
            print_grade(self.console, self.grade, self.lang)
            if done == len(self.course.exercises):
                say_line(
                    self.console,
                    say("All public checks pass, in every exercise: you have finished the course."),
                    self.lang,
                )
            elif self.homework.standing(self.current.slug).done:
                say_line(self.console, say("All public checks pass. Press n for the next exercise."), self.lang)
        for line in lines:
            say_line(self.console, line, self.lang)
        keys = say("h hint · l list · n next · c check again · r reset · q quit")
        self.console.print(Styled(keys.in_language(self.lang), style="dim"))


def fault_lines(faults: tuple[str, ...]) -> tuple[Text, ...]:
    """What a student reads where we failed: whose fault it is, what to do, and what to hand on."""
    said = say(
        "The grader itself failed here, not you; nothing was counted. Save again, or press c. If it fails again, "
        "send your file and the next lines to whoever teaches you; “grader doctor” says whether this machine is the cause."
    )
    return (said, *(Text.same(fault) for fault in faults))
