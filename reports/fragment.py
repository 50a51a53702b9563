"""One exercise as a piece of HTML for a notebook: the learner's page without its frame, with styles that stay inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.grades import ExerciseGrade, LearnerGrade
from reports.hidden import for_learner
from reports.learner_page import ExerciseView, exercise_view
from reports.pages import Pages
from reports.words import Words, learner_words

# A notebook has a root and a body of its own; inside our piece its outermost element takes their place.
_ROOT = re.compile(r"(?<![\w-])(:root|html|body)(?=[\s{,>])")


@dataclass(frozen=True)
class Fragment:
    """Everything that ``notebook.html`` shows."""

    lang: str
    words: Words
    exercise: ExerciseView


def fragment(grade: ExerciseGrade, lang: str) -> str:
    """``grade`` as HTML that can stand in any page; the parts that learners must not see are taken away."""
    (shown,) = for_learner(LearnerGrade("you", "", (grade,))).exercises
    html = Pages().render("notebook.html", Fragment(lang, learner_words(lang), exercise_view(shown, lang)))
    head, style, rest = html.partition("</style>")
    return _ROOT.sub(":scope", head) + style + rest
