"""Saved grades in the formats of other systems. The table below is all there is to know; a new format is one line in it."""

from __future__ import annotations

from reports.formats import (
    canvas,
    classroom,
    code_quality,
    gradescope,
    junit,
    markdown,
    moodle,
    nbgrader,
    workflow_commands,
)
from reports.formats.base import CannotExport, Exported, File, Format, Place, Wishes

__all__ = ["FORMATS", "CannotExport", "Exported", "File", "Format", "Place", "Wishes"]

FORMATS = {
    f.name: f
    for f in (
        Format("annotations", "GitHub's annotations; --sources finds the lines", workflow_commands.export),
        Format("canvas", "Canvas gradebook; --into fills the one you exported", canvas.export, fills=True),
        Format("classroom50", "result.json of Classroom 50", classroom.classroom50),
        Format("github-classroom", "runner results of GitHub Classroom", classroom.github),
        Format("code-quality", "GitLab's Code Quality report; --sources finds the lines", code_quality.export),
        Format("gradescope", "results.json of a Gradescope autograder", gradescope.export),
        Format("junit", "JUnit XML for CI", junit.export),
        Format("markdown", "summary for a CI step", markdown.export),
        Format("moodle-gradebook", "CSV for the import into Moodle's gradebook", moodle.gradebook),
        Format("moodle-worksheet", "Moodle's offline grading worksheet; --into names it", moodle.worksheet, fills=True),
        Format("nbgrader", "CSV as nbgrader exports it", nbgrader.export),
    )
}
