"""``grader package gradescope``: the zip, and its two scripts run in a clean tree of folders as that platform runs them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import RIGHT, SLUG, WRONG

ROOT = Path(__file__).resolve().parents[2]
METADATA = {
    "created_at": "2026-11-20T10:00:00-08:00",
    "users": [{"name": "김영희", "email": "kim@example.org", "id": 7}],
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory, made_course):
    """/autograder as the platform lays it out once setup.sh has run; the environment is the one at hand, the code the wheel's."""
    root = tmp_path_factory.mktemp("autograder")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        _package(made_course, root / "autograder.zip")
    source = root / "source"
    with zipfile.ZipFile(root / "autograder.zip") as packed:
        packed.extractall(source)
        for entry in packed.infolist():
            (source / entry.filename).chmod(entry.external_attr >> 16)
    (wheel,) = source.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(root / "installed")
    shutil.copy(source / "run_autograder", root / "run_autograder")
    (root / "gradetape").symlink_to(sys.prefix)
    return root


def _package(course, out):
    from click.testing import CliRunner

    from grader.cli import cli

    done = CliRunner().invoke(cli, ["package", "gradescope", "--course", str(course), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "10 autograder points" in done.output


def graded(root, files, inside=(), **variables):
    """One submission, from a folder without results -> (what was written, what instructors read)."""
    for name in ("submission", "results"):
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).mkdir()
    for name, body in files.items():
        (root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "submission" / name).write_text(body)
    (root / "submission_metadata.json").write_text(json.dumps(METADATA))
    given = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "GRADETAPE_ROOT": str(root),
        "PYTHONPATH": str(root / "installed"),
    }
    done = subprocess.run(
        [*inside, root / "run_autograder"], cwd=root, env={**given, **variables}, capture_output=True, text=True, check=False,
        timeout=250,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads((root / "results" / "results.json").read_text(encoding="utf-8")), done.stdout + done.stderr


def test_the_zip_holds_what_grading_needs_and_no_solution(platform, made_course):
    names = {p.relative_to(platform / "source").as_posix() for p in (platform / "source").rglob("*") if p.is_file()}
    course = {name for name in names if name.startswith("course/")}
    assert course == {
        "course/exercises/course.toml",
        *(
            f"course/{half}/01_{SLUG}/{name}"
            for half in ("exercises", "solutions")
            for name in ("checks.py", "exercise.toml")
        ),
    }
    assert {"setup.sh", "run_autograder", "not_graded.json"} < names
    for script in ("setup.sh", "run_autograder"):
        assert os.access(platform / "source" / script, os.X_OK)
        subprocess.run(["bash", "-n", platform / "source" / script], check=True)


def test_the_wheel_is_one_that_pip_takes(platform, tmp_path):
    (wheel,) = (platform / "source").glob("*.whl")
    target = tmp_path / "target"
    words = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*words, "--target", target, wheel], check=True)
    assert (target / "grader" / "default_course" / "exercises" / "course.toml").exists()
    assert (target / "grader" / "templates" / "action.yml").exists()
    assert not list(target.rglob("solutions"))


SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@pytest.mark.skipif(SHELLCHECK is None, reason="shellcheck is not installed; the extra dev brings it")
def test_every_script_that_we_write_is_shellcheck_clean(platform):
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    job = yaml.safe_load((ROOT / "templates" / "gradetape.gitlab-ci.yml").read_text(encoding="utf-8"))["gradetape"]
    scripts = [(platform / "source" / "setup.sh").read_text(), (platform / "run_autograder").read_text()]
    scripts += ["#!/bin/bash\n" + step["run"] for step in action["runs"]["steps"] if "run" in step]
    scripts.append("#!/bin/sh\n" + "\n".join([*job["before_script"], *job["script"]]))
    for script in scripts:
        done = subprocess.run([SHELLCHECK, "-"], input=script, capture_output=True, text=True, check=False)
        assert done.stdout == "", script


def test_setting_up_twice_makes_one_environment_and_closes_the_source(platform, tmp_path):
    """With a Python that only notes what it was told."""
    tools, notes, root = tmp_path / "tools", tmp_path / "notes", tmp_path / "root"
    tools.mkdir()
    shutil.copytree(platform / "source", root / "source")
    (tools / "python3.12").write_text(
        f'#!/bin/bash\nprintf "%s\\n" "$*" >> "{notes}"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/grader"; fi\n'
    )
    (tools / "python3.12").chmod(0o755)
    for _ in range(2):
        subprocess.run(
            ["bash", root / "source" / "setup.sh"], check=True, cwd=tmp_path,
            env={"PATH": f"{tools}:{os.environ['PATH']}", "GRADETAPE_ROOT": str(root)},
        )  # fmt: skip
    told = notes.read_text().splitlines()
    assert sum(line.startswith("-m venv") for line in told) == 1
    assert sum(line.startswith("-m pip install") and line.endswith(".whl[tensorflow]") for line in told) == 2
    assert all(not stat.S_IMODE(p.stat().st_mode) & 0o077 for p in (root / "source").rglob("*"))


def test_nothing_that_can_be_graded_is_told_with_the_name_it_should_have(platform):
    made, _ = graded(platform, {"essay.txt": "hello", "broken/twice.ipynb": '{"cells": ['})
    assert made["score"] == 0
    assert {t["status"] for t in made["tests"]} == {"failed"}
    assert sum(t["max_score"] for t in made["tests"]) == 10
    assert "twice.ipynb" in made["output"]
    made, _ = graded(platform, {})
    assert made["score"] == 0
    assert f"{SLUG} (.py or .ipynb)" in made["output"]


def test_a_grader_that_is_stopped_or_broken_leaves_honest_words(platform, tmp_path):
    def has_honest_words(made):
        assert made["score"] == 0
        assert "is not your grade" in made["output"]
        assert [t["max_score"] for t in made["tests"]] == [0]
        assert "Traceback" not in json.dumps(made)

    made, said = graded(platform, {f"{SLUG}.py": RIGHT}, GRADETAPE_SECONDS="0.01")
    has_honest_words(made)
    assert "ran out of time or of memory (124)" in said

    broken = tmp_path / "autograder"
    shutil.copytree(platform, broken, symlinks=True)
    (broken / "source" / "course" / "exercises" / "course.toml").write_text("title = 1")
    made, said = graded(broken, {f"{SLUG}.py": RIGHT})
    has_honest_words(made)
    assert "course.toml" in said
    assert "grader's own fault" in said
    (broken / "gradetape").unlink()
    made, said = graded(broken, {f"{SLUG}.py": RIGHT})
    has_honest_words(made)
    assert "ended with 127" in said


@contextlib.contextmanager
def smallest_container():
    """What puts a command under the platform's limits, 0.75 GB and half a processor; nothing where no cgroup can be made."""
    top, name = Path("/sys/fs/cgroup"), f"gradetape-{os.getpid()}"
    if (top / "memory").is_dir():
        wanted = {f"memory/{name}/memory.limit_in_bytes": 768 << 20, f"cpu/{name}/cpu.cfs_quota_us": 50_000}
    else:
        wanted = {f"{name}/memory.max": 768 << 20, f"{name}/cpu.max": "50000 100000"}
    groups = sorted({(top / path).parent for path in wanted})
    try:
        for group in groups:
            group.mkdir()
        for path, value in wanted.items():
            (top / path).write_text(str(value))
    except OSError:
        yield []
    else:
        yield ["bash", "-c", "".join(f"echo $$ > {g}/cgroup.procs; " for g in groups) + 'exec "$@"', "bash"]
    finally:
        for group in groups:
            with contextlib.suppress(OSError):
                group.rmdir()


@pytest.mark.slow
def test_a_submission_is_graded_as_the_platform_grades_it(platform):
    """In its smallest container, where this machine can make one."""
    files = {"first/twice.py": "raise NotImplementedError\n", "twice (1).py": WRONG, "notes.md": "x"}
    with smallest_container() as inside:
        made, said = graded(platform, files, inside)
    assert "isolation: " in said
    assert made["score"] == sum(t["score"] for t in made["tests"]) == 0
    first, second = made["tests"]
    assert (first["status"], first["max_score"]) == ("failed", 4)
    assert "This is the square, not the double." in first["output"]
    assert (second["visibility"], second["max_score"]) == ("visible", 6)
    assert ">>>" not in second["output"], "the input of a hidden check stays hidden"
    assert made["extra_data"]["graded"] == made["extra_data"]["of"] == 1
    assert isinstance(made["execution_time"], float)
    assert not (platform / "results" / ".results.json.new").exists()
    assert stat.S_IMODE((platform / "results").stat().st_mode) & 0o077 == 0
