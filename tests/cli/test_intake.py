"""``grader intake`` shows whose file is for which exercise before anything is graded, and drops nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest

from tests.cli.conftest import RIGHT, SLUG
from tests.intake.downloads import canvas, gradescope, moodle, record
from tests.intake.made import folder, zipped

CODE = RIGHT.encode()
ADA = ("Ada Lovelace", "20231111", "ada@example.edu")


@pytest.fixture
def mess(tmp_path):
    """What an instructor has at the end of a term."""
    export = gradescope(record(7, ADA, at="2026-11-01 08:00:00 Z", earlier=("2026-10-30 08:00:00 Z",)))
    files = {
        "canvas.zip": zipped(
            {
                canvas("Kahn, Bob", 12, 700, f"{SLUG}.py", late=True): CODE,
                canvas("Lee", 13, 701, "twise.py"): b"x = 1\n",
            }
        ),
        "moodle.zip": zipped({moodle("김영희", 5, f"{SLUG} (1).py"): CODE, moodle("Max", 6, f"{SLUG}.ipynb"): b"{"}),
        "gs.zip": zipped({"e/submission_metadata.yml": export, f"e/submission_7/{SLUG}.py": CODE}),
    }
    return folder(tmp_path / "mess", files)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "명단.csv"
    path.write_bytes(
        "학번,이름,이메일\r\n20231111,Ada Lovelace,\r\n20232222,Bob Kahn,b@x.edu\r\n3,없는사람,\r\n".encode("cp949")
    )
    return path


@pytest.mark.parametrize("width", [80, 120])
def test_it_shows_who_what_and_why(grader, mess, roster, course, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = grader("intake", mess, "--roster", roster, "--course", course, "--dry-run", "--lang", "en")
    assert shown.exit_code == 1
    assert max(map(len, shown.stdout.splitlines())) <= width
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    wide = {"Ada Lovelace (20231111)": " Gradescope", "Bob Kahn (20232222)": " Canvas", "김영희": " Moodle"}
    for who, what in (
        ("Ada Lovelace (20231111)", f"{SLUG} {SLUG}.py its name, attempt 2"),
        ("Bob Kahn (20232222)", f"{SLUG} {SLUG}.py its name, late"),
        ("김영희", f"{SLUG} {SLUG} (1).py its name, as a copy"),
    ):
        assert f"{who}{wide[who] if width > 100 else ''} {what}" in lines
    flat = " ".join(lines)
    assert "lee (lee-13): twise.py belongs to no exercise and was not read. Did you mean twice.py?" in flat
    assert "Max: twice.ipynb is cut off in line 1." in flat
    assert "who get no points: 없는사람 (3)." in flat
    assert "Learners: 6. Files: 4 (twice 4)." in flat


def test_it_speaks_korean(grader, mess, roster, course):
    shown = grader("intake", mess, "--roster", roster, "--course", course, "--lang", "ko")
    assert "학습자" in shown.stdout
    assert "0점인 학습자 1명: 없는사람 (3)" in " ".join(shown.stdout.split())


def test_its_json_holds_everything(grader, mess, roster, course):
    data = json.loads(grader("intake", mess, "--roster", roster, "--course", course, "--json").stdout)
    people = {one["name"]: one for one in data["learners"]}
    bob = people["Bob Kahn"]
    assert (bob["id"], bob["email"], bob["layout"]) == ("20232222", "b@x.edu", "canvas")
    assert bob["ids"] == {"canvas": "12", "student": "20232222"}
    assert bob["files"][0]["late"] is True
    assert bob["files"][0]["place"].endswith(f"mess/canvas.zip/kahnbob_LATE_12_700_{SLUG}.py")
    assert people["Ada Lovelace"]["files"][0]["submitted_at"] == "2026-11-01T08:00:00+00:00"
    assert (people["없는사람"]["absent"], people["없는사람"]["missing"]) == (True, [SLUG])
    assert people["Max"]["files"][0]["error"]["en"].startswith("twice.ipynb is cut off")


def test_what_is_clean_ends_with_0_and_is_written_as_nbgrader_has_it(grader, course, school, tmp_path):
    shown = grader("intake", school, "--course", course, "--out", tmp_path / "clean", "--lang", "en")
    assert shown.exit_code == 0
    assert "Could not be assigned" not in shown.stdout
    copied = tmp_path / "clean" / "submitted" / "ada" / SLUG / f"{SLUG}.py"
    assert copied.read_bytes() == (school / "ada" / f"{SLUG}.py").read_bytes()
    with pytest.raises(click.UsageError, match="clean is not empty"):
        grader("intake", school, "--course", course, "--out", tmp_path / "clean")


def test_the_clean_folder_is_the_same_class(grader, mess, roster, course, tmp_path):
    clean = tmp_path / "clean"
    grader("intake", mess, "--roster", roster, "--course", course, "--out", clean)
    one = json.loads(grader("intake", mess, "--roster", roster, "--course", course, "--json").stdout)
    two = json.loads(grader("intake", clean, "--roster", clean / "roster.csv", "--course", course, "--json").stdout)

    def told(data):
        return {
            (x["id"], x["name"], x["email"], f["exercise"], f["submitted_at"], f["late"])
            for x in data["learners"]
            for f in x["files"]
        }

    assert told(one) == told(two)
    assert {x["name"] for x in one["learners"]} == {x["name"] for x in two["learners"]}


def test_a_dry_run_writes_nothing(grader, school, course, tmp_path):
    assert grader("intake", school, "--course", course, "--out", tmp_path / "clean", "--dry-run").exit_code == 0
    assert not (tmp_path / "clean").exists()


def test_a_roster_that_is_none_is_a_usage_error(grader, school, course, tmp_path):
    (tmp_path / "r.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for command in (("intake", school), ("grade", school, "--out", tmp_path / "out")):
        with pytest.raises(click.UsageError, match=r"r\.csv has no heading that is known. There are: a, b\."):
            grader(*command, "--course", course, "--roster", tmp_path / "r.csv", "--lang", "en")


def test_it_loads_no_tensorflow_and_no_engine(school, course):
    code = (
        "import sys; from grader.cli import cli; "
        f"cli(['intake', {str(school)!r}, '--course', {str(course)!r}], standalone_mode=False); "
        "sys.exit(any(m.split('.')[0] in ('tensorflow', 'keras', 'sqlalchemy', 'jupyter_client') for m in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
