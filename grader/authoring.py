"""What a checks.py imports: the public names of check authors."""

from grader import expect
from grader.checking import check
from grader.errors import BrokenProgram, GradeTapeError, LimitReached, WrongAnswer
from grader.fairness import Fairness
from grader.pictures import Curve, Show
from grader.steps import Chain, Inside, Step, chain, listed_steps, step
from grader.student import Student
from grader.values import Axes, Figure, Handle, History, Shape, Source, StudentModel, Tensor
from grader.wire.model import rebuild

__all__ = [
    "Axes",
    "BrokenProgram",
    "Chain",
    "Curve",
    "Fairness",
    "Figure",
    "GradeTapeError",
    "Handle",
    "History",
    "Inside",
    "LimitReached",
    "Shape",
    "Show",
    "Source",
    "Step",
    "Student",
    "StudentModel",
    "Tensor",
    "WrongAnswer",
    "chain",
    "check",
    "expect",
    "listed_steps",
    "rebuild",
    "step",
]
