"""A push is graded: the action and the templates are what GitHub and GitLab take, and their steps do what they promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import check_jsonschema
import jsonschema
import junitparser
import pytest
import yaml

from tests.cli.conftest import SLUG
from tests.cli.runner import Runner, commands_in

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITHUB, GITLAB = ROOT / "templates" / "gradetape.github.yml", ROOT / "templates" / "gradetape.gitlab-ci.yml"
SCHEMAS = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
NASTY = """\
print("::error file=x::owned by print")
print("##[error]owned too", "\\n::set-output name=exit-code::0")


def double(x):
    print("::warning::owned in a call")
    raise ValueError("50%\\n::error::owned by an exception")
"""


def load(path):
    """As GitHub reads it: ``on`` is no boolean there."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ROOT / "action.yml", "github-actions"),
        (GITHUB, "github-workflows"),
        (ROOT / ".github" / "workflows" / "ci.yml", "github-workflows"),
        (GITLAB, "gitlab-ci"),
    ],
    ids=lambda p: getattr(p, "name", p),
)
def test_the_services_own_schema_takes_it(path, schema):
    known = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.validate({("on" if k is True else k): v for k, v in data.items()}, known)


def test_nothing_of_a_push_gets_into_a_script():
    """No expression stands in a run line, everybody's actions are pinned, the rights are the least, and no event lends secrets."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v1"))
    workflow = load(GITHUB)
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["on"]) == {"push", "workflow_dispatch"}
    checkout = workflow["jobs"]["grade"]["steps"][0]
    assert checkout["with"] == {"persist-credentials": "false"}
    for text in (GITHUB.read_text(), (ROOT / "action.yml").read_text()):
        assert "pull_request_target" not in text
        assert "secrets." not in text


@pytest.fixture
def repository(grader, course, tmp_path):
    """What a student gets of a course of one's own, with the work of one who tries to command the runner."""
    folder = tmp_path / "workspace"
    grader("init", folder, "--course", course, "--ci", "github")
    (folder / f"{SLUG}.py").write_text(NASTY)
    return folder


def test_a_template_repository_has_no_secret_of_the_course(grader, course, tmp_path):
    for service, expected in (
        ("github", {".github/workflows/gradetape.yml", ".github/actions/gradetape/action.yml"}),
        ("gitlab", {".gitlab-ci.yml"}),
    ):
        folder = tmp_path / service
        grader("init", folder, "--course", course, "--ci", service, "--lang", "ko")
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        public = {
            f".gradetape/exercises/{name}"
            for name in ("course.toml", f"01_{SLUG}/exercise.toml", f"01_{SLUG}/checks.py")
        }
        assert there == expected | public | {f"{SLUG}.py"}
        for secret in (course / "solutions").rglob("*"):
            if secret.is_file():
                assert all(secret.read_bytes() not in p.read_bytes() for p in folder.rglob("*") if p.is_file())
    settings = load(tmp_path / "github" / ".github/workflows/gradetape.yml")["jobs"]["grade"]["steps"][1]["with"]
    assert settings == {"version": "0.1.0", "course": ".gradetape", "language": "ko", "fail-under": "100"}
    variables = load(tmp_path / "gitlab" / ".gitlab-ci.yml")["gradetape"]["variables"]
    assert (variables["GRADETAPE_COURSE"], variables["GRADETAPE_LANGUAGE"]) == (".gradetape", "ko")


def test_the_course_that_comes_along_is_not_copied_and_files_stay(grader, tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text("mine: {}\n")
    done = grader("init", tmp_path, "--ci", "gitlab", "--only", "rank")
    assert "left as it is" in done.stdout
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "mine: {}\n"
    assert not (tmp_path / ".gradetape").exists()


def test_a_course_without_its_checks_is_named(grader, course, tmp_path):
    next(course.glob("exercises/*/checks.py")).unlink()
    from grader.errors import AuthorError

    with pytest.raises(AuthorError, match=r"checks\.py"):
        grader("init", tmp_path / "home", "--course", course, "--ci", "github")


@pytest.mark.parametrize(("version", "wanted"), [("", "ACTION[tensorflow]"), ("0.1.0", "gradetape[tensorflow]==0.1.0")])
def test_the_version_that_is_asked_for_is_installed(version, wanted, tmp_path):
    """With a Python that only notes what it was told."""
    tools, action = tmp_path / "tools", tmp_path / "the action"
    for folder in (tools, action, tmp_path / "workspace", tmp_path / "temp"):
        folder.mkdir()
    (action / "pyproject.toml").touch()
    notes = tmp_path / "notes"
    (tools / "python").write_text(
        f'#!/bin/bash\nprintf "%s\\n" "$*" >> "{notes}"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi\n'
    )
    (tools / "python").chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    runner = Runner(tmp_path, {"version": version}, {"PATH": path, "GITHUB_ACTION_PATH": str(action)})
    (install,) = (s for s in ACTION["runs"]["steps"] if s.get("name") == "Install GradeTape")
    assert runner.run({"inputs": ACTION["inputs"], "runs": {"steps": [install]}}) == 0
    assert notes.read_text().splitlines()[-1].endswith(wanted.replace("ACTION", str(action)))


VARIABLES = {"runner.environment": "self-hosted", "runner.os": "Linux", "github.action_ref": "v1"}


def test_grades_that_lie_in_the_repository_are_not_believed(tmp_path):
    forged = tmp_path / "workspace" / "report"
    forged.mkdir(parents=True)
    runner = Runner(tmp_path, {"out": "report"}, VARIABLES)
    assert runner.run(ACTION, without=("Install GradeTape",)) == 2
    assert commands_in(runner.log["Grade"])[0].startswith("::error title=GradeTape::The folder for the report is there")
    assert set(runner.log) == {"Grade"}


@pytest.mark.slow
def test_a_push_is_graded_shown_and_refused(repository, tmp_path):
    """The steps of the action, then GitLab's script, on the same work; GitLab's grading is the one that was made."""
    (tmp_path / "temp").mkdir()
    (tmp_path / "temp" / "gradetape").symlink_to(sys.prefix)
    settings = load(repository / ".github/workflows/gradetape.yml")["jobs"]["grade"]["steps"][1]["with"]
    runner = Runner(tmp_path, {**settings, "version": ""}, VARIABLES)
    code = runner.run(load(repository / ".github/actions/gradetape/action.yml"), without=("Install GradeTape",))
    assert (code, runner.outputs["exit-code"]) == (1, "1"), runner.log
    assert list(runner.log) == ["Grade", "Report", "Result"]

    assert commands_in(runner.log["Grade"]) == []
    shown = commands_in(runner.log["Report"])
    (line,) = (n for n, text in enumerate(NASTY.splitlines(), 1) if "raise" in text)
    assert len(shown) == 1
    assert shown[0].startswith(f"::error file={SLUG}.py,line={line},title=")
    assert "50%25%0A::error::owned by an exception" in shown[0]
    assert commands_in(runner.log["Result"])[0].startswith("::error title=GradeTape::Less than fail-under")

    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "0 of" in summary
    assert not re.search(r"^\s*::", summary, re.MULTILINE)
    report = Path(runner.outputs["report"])
    assert not report.is_relative_to(repository)
    kept = runner.used["actions/upload-artifact@v6"]["path"].split("\n")
    assert [p for p in kept if p and not Path(p).exists()] == []
    assert {p.name for p in (report / "learners").iterdir()} == {"hw1-ada.html"}
    assert sum(s.tests for s in junitparser.JUnitXml.fromfile(str(report / "junit.xml"))) > 0

    _gitlab(repository, report, tmp_path)


def _gitlab(repository, report, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "grader").write_text(
        f'#!/bin/sh\nif [ "$1" = grade ]; then echo "$@"; cp -r "{report}" gradetape-report; exit 1; fi\n'
        f'exec "{sys.prefix}/bin/grader" "$@"\n'
    )
    (tools / "grader").chmod(0o755)
    (repository / "gradetape-report").mkdir()
    (repository / "gradetape-report" / "forged").touch()
    job = load(GITLAB)["gradetape"]
    given = {**job["variables"], "GRADETAPE_COURSE": ".gradetape", "CI_PROJECT_NAME": "hw1-ada; touch owned"}
    script = "\n".join(job["script"]).replace("PATH=/tmp/gradetape/bin:$PATH", f"PATH={tools}:$PATH")
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=repository, env={"PATH": os.environ["PATH"], **given},
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "--learner hw1-ada; touch owned --lang en --course .gradetape --fail-under 100 -- ." in done.stdout
    assert not (repository / "owned").exists()
    made = repository / "gradetape-report"
    assert not (made / "forged").exists(), "grades that were pushed are gone"
    (finding,) = json.loads((made / "code-quality.json").read_text(encoding="utf-8"))
    assert finding["location"]["path"] == f"{SLUG}.py"
    named = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
    assert [name for name in named if not (repository / name).exists()] == []
    shutil.rmtree(made)
