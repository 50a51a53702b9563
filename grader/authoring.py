"""What a checks.py imports: the public names of check authors."""

from grader import expect
from grader.checking import check
from grader.errors import BrokenProgram, GradeTapeError, LimitReached, WrongAnswer
from grader.fairness import Fairness
from grader.pictures import Curve, Show
from grader.student import Student
from grader.values import Figure, Handle, History, StudentModel, Tensor

__all__ = [
    "BrokenProgram",
    "GradeTapeError",
    "LimitReached",
    "WrongAnswer",
    "Curve",
    "Fairness",
    "Figure",
    "Handle",
    "History",
    "Show",
    "Student",
    "StudentModel",
    "Tensor",
    "check",
    "expect",
]
