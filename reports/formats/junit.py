"""JUnit XML as pytest writes it (xunit2), which CI systems read: a suite for each exercise, a case for each check."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Outcome
from reports.formats.base import Exported, File, Wishes, exercises_of, one_line, unfinished
from reports.formats.feedback import of_check
from reports.hidden import for_learner
from reports.plain import clean

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {Outcome.FAILED: "failure", Outcome.ERRORED: "error", Outcome.SKIPPED: "skipped", Outcome.FAULTED: "skipped"}


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``junit.xml``. Times are 0: a grade holds no clock. Points stand in the cases' properties."""
    root = ET.Element("testsuites", name="gradetape")
    for learner in map(for_learner, klass.learners):
        suites = (e for e in exercises_of(learner, wishes.slug) if e.checks)
        root.extend(_suite(learner, exercise, wishes.lang) for exercise in suites)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return Exported((File("junit.xml", f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'),), unfinished(klass))


def _suite(learner: LearnerGrade, exercise: ExerciseGrade, lang: str) -> ET.Element:
    outcomes = [c.outcome for c in exercise.checks]
    suite = ET.Element(
        "testsuite",
        name=_xml(f"{learner.id}.{exercise.slug}"),
        tests=str(len(outcomes)),
        failures=str(outcomes.count(Outcome.FAILED)),
        errors=str(outcomes.count(Outcome.ERRORED)),
        skipped=str(outcomes.count(Outcome.SKIPPED) + outcomes.count(Outcome.FAULTED)),
        time="0.000",
    )
    suite.extend(_case(learner, exercise, check, lang) for check in exercise.checks)
    return suite


def _case(learner: LearnerGrade, exercise: ExerciseGrade, check: CheckResult, lang: str) -> ET.Element:
    name = _xml(one_line(check.title.in_language(lang)))
    case = ET.Element("testcase", classname=_xml(f"{learner.id}.{exercise.slug}"), name=name, time="0.000")
    properties = ET.SubElement(case, "properties")
    for key, value in (("score", check.points), ("max_score", check.max_points), ("check_id", check.id)):
        ET.SubElement(properties, "property", name=key, value=_xml(str(value)))
    if check.outcome in _TAGS:
        lines = of_check(check, lang)
        said = ET.SubElement(case, _TAGS[check.outcome], message=_xml(one_line(lines[0] if lines else "")))
        said.text = _xml("\n".join(lines))
    return case


def _xml(text: str) -> str:
    """What XML cannot hold, spelt as pytest does."""
    return _NOT_XML.sub(lambda m: f"#x{ord(m[0]):02X}", clean(text))
