"""The words of the pages themselves, in one language; what a page says about a grade stands in the grade."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grades import Outcome, Points, Status, shown
from grader.text import Text, say

Words = dict[str, str]  # name in a template -> sentence in the page's language


@dataclass(frozen=True)
class Badge:
    """An outcome or status as it is shown: a sign and a colour by ``kind``, and always a word."""

    kind: str
    word: str


def outcome_badge(outcome: Outcome, lang: str) -> Badge:
    """The sign and word of a check's outcome."""
    words = {
        Outcome.PASSED: say("Passed"),
        Outcome.FAILED: say("Not right yet"),
        Outcome.ERRORED: say("Error"),
        Outcome.SKIPPED: say("Skipped"),
        Outcome.FAULTED: say("Grader's fault"),
    }
    return Badge(outcome.value, words[outcome].in_language(lang))


def status_badge(status: Status, lang: str) -> Badge:
    """The sign and word of what became of a file; for a graded one, that it was graded."""
    words = {
        Status.GRADED: say("Graded"),
        Status.MISSING: say("Not handed in"),
        Status.UNREADABLE: say("Unreadable file"),
        Status.FAULTED: say("Grader's fault"),
    }
    return Badge(status.value, words[status].in_language(lang))


def count_of_outcome(outcome: Outcome, n: int) -> Text:
    """Such as "4 passed"."""
    return {
        Outcome.PASSED: say("{n} passed", n=n),
        Outcome.FAILED: say("{n} not right yet", n=n),
        Outcome.ERRORED: say("{n} with an error", n=n),
        Outcome.SKIPPED: say("{n} skipped", n=n),
        Outcome.FAULTED: say("{n} not judged: grader's fault", n=n),
    }[outcome]


def points(n: Points) -> Text:
    """A number of points, with its unit."""
    return say("1 point") if n == 1 else say("{n} points", n=shown(n))


def points_of(n: Points, maximum: Points) -> Text:
    """Such as "3 of 8 points"."""
    return say("{n} of {maximum} points", n=shown(n), maximum=shown(maximum))


def in_language(words: dict[str, Text], lang: str) -> Words:
    """Every sentence in ``lang``."""
    return {name: text.in_language(lang) for name, text in words.items()}


def shared_words(lang: str) -> Words:
    """What every page says."""
    return in_language(
        {
            "skip": say("Skip to the grades"),
            "points": say("Points"),
            "exercise": say("Exercise"),
            "exercises": say("Exercises"),
            "hidden": say("Hidden check"),
            "messages": say("About the files"),
            "made_by": say("Graded by GradeTape"),
            "picture_broke": say("This picture could not be drawn. This is the grader's fault; it changes no points."),
        },
        lang,
    )


def learner_words(lang: str) -> Words:
    """What a learner's page says."""
    return shared_words(lang) | in_language(
        {
            "score": say("Score"),
            "next": say("What to do next"),
            "all_done": say("Everything is right. There is nothing left to do."),
            "no_work": say("There is nothing to grade yet."),
            "result": say("Result"),
            "file": say("File"),
            "expected": say("Expected"),
            "got": say("Yours"),
            "steps": say("Step by step"),
            "step": say("Step"),
            "parts_here": say("The first step that differs"),
            "where": say("Where"),
            "call": say("Try it yourself"),
            "mistake": say("What this looks like"),
            "advice": say("Good to know"),
            "traceback": say("Where your program stopped"),
            "output": say("What your program printed"),
            "hidden_means": say("A hidden check tries your work on input that is not shown."),
            "to_overview": say("Back to the overview"),
            "faulted": say("Part of this could not be judged through a fault of the grader. It costs you no points."),
        },
        lang,
    )


def class_words(lang: str) -> Words:
    """What the class page says."""
    return shared_words(lang) | in_language(
        {
            "class_report": say("Class report"),
            "confidential": say(
                "For instructors only: this page and the data beside it show hidden checks and name learners. Pass on the files in learners/ only."
            ),
            "learners": say("Learners"),
            "learner": say("Learner"),
            "total": say("Total"),
            "percent": say("Percent"),
            "mean": say("Mean"),
            "median": say("Median"),
            "full_marks": say("Full marks"),
            "not_handed_in": say("Not handed in"),
            "distribution": say("How the scores are spread"),
            "stumbles": say("Where the class stumbles"),
            "no_stumbles": say("No check was failed."),
            "attention": say("Needs a look"),
            "policy": say("What the policy changed"),
            "nothing_wrong": say("Every file could be read and ran to its end."),
            "cause": say("What broke in the grader"),
            "matrix": say("Every learner, every check"),
            "matrix_help": say(
                "One row for each learner, one column for each check. The number above a column leads to the check."
            ),
            "legend": say("Signs"),
            "check": say("Check"),
            "checks": say("Checks"),
            "passed": say("Passed"),
            "others": say("Not passed"),
            "common": say("Commonest wrong answers"),
            "faults": say("The grader failed on some of this work"),
            "faults_help": say("What is listed here cost nobody points. Grade it again once the cause is mended."),
            "capsule": say("What these grades depend on"),
            "course": say("Course"),
            "course_hash": say("Course files (SHA-256)"),
            "seed": say("Seed"),
            "own_seeds": say("each exercise has its own, which follows from its hidden checks"),
            "isolation": say("Isolation"),
            "data": say("The same as data"),
            "no_learners": say("No learners were graded."),
            "contents": say("On this page"),
            "search": say("Find a learner"),
            "filter": say("Show"),
            "filter_all": say("Everybody"),
            "filter_open": say("Something is not right yet"),
            "filter_full": say("Full marks"),
            "filter_missing": say("Something was not handed in"),
            "filter_unreadable": say("A file could not be read"),
            "filter_faulted": say("The grader failed on something"),
            "by_points": say("Points"),
            "by_checks": say("Checks"),
            "previous": say("Previous"),
            "next": say("Next"),
            "show_everybody": say("Show everybody"),
            "no_match": say("Nobody fits."),
            "dropped": say("dropped: does not count in the total"),
            "dropped_means": say(
                "Points that are struck out are of exercises that the course's policy drops; they do not count in the total."
            ),
            "shown_of": say("{shown} of {total} learners", shown="{shown}", total="{total}"),
            "rows_of": say("{first}–{last} of {total}", first="{first}", last="{last}", total="{total}"),
            "who": say("Who?"),
            "lists": say("All learners, without scripts and for paper"),
            "discrimination": say("Discrimination"),
            "to_class": say("Back to the class report"),
        },
        lang,
    )
