"""Nothing of the grader's machine is left in what a learner reads, and nothing else is touched."""

from __future__ import annotations

import platform
import pwd
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.grades import CellRecord, CheckResult, ExerciseGrade, Finding, Outcome, RunRecord, Status
from grader.neutral import Machine, neutral, this_machine
from grader.text import Text

MACHINE = Machine.of(
    ["/home/kim/venv", "/home/kim/venv/lib/python3.11/site-packages", "/srv/course", "/home/kim"], "grader-7.local"
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/home/kim/venv/lib/python3.11/site-packages/keras/__init__.py", "keras/__init__.py"),
        ("['/home/kim/venv/lib/python3.11', '/srv/course']", "['lib/python3.11', '…']"),
        ("file:///srv/course/solutions/x.py", "solutions/x.py"),
        ("PATH=/home/kim/venv/bin:/usr/bin", "PATH=bin:/usr/bin"),
        ("/srv/courses and my/srv/course/x and /home/kimberly", "/srv/courses and my/srv/course/x and /home/kimberly"),
        ("on grader-7.local now", "on localhost now"),
        ("my-grader-7.local", "my-grader-7.local"),
        ('File "/tmp/__autograph_generated_filek2x_1.py", line 9, in tf__f', 'File "generated.py", line 9, in tf__f'),
        ("{{function_node __wrapped__MatMul_device_/job:localhost/replica:0}} Matrix size-incompatible", "Matrix size-incompatible"),
        ("/tmp/gradetape-scratch-a1b2/model.keras in /var/x/gradetape-scratch-9", "/scratch/model.keras in /scratch"),
        ("/tmp/gradetape-scratch-40-1-2-a_b/x, a\\gradetape-scratch-9", "/scratch/x, /scratch"),
        ("<keras.Dense object at 0x7f52ad3e8b50>", "<keras.Dense object at 0x…>"),
        ("/tmp/mine.npy, {x} {{y}}, at 0x10, 3/4", "/tmp/mine.npy, {x} {{y}}, at 0x10, 3/4"),
    ],
)  # fmt: skip
def test_what_is_shown(said, shown):
    assert MACHINE.neutral(said) == shown


@pytest.mark.parametrize("piece", ["./", "a/", "/gradetape-scratch-", "__autograph_generated_file", "{{node "])
def test_half_a_megabyte_of_anything_is_read_quickly(piece):
    MACHINE.neutral(piece * (500_000 // len(piece)))


@pytest.mark.parametrize("host", ["", "vm", "kernel", "student"])
def test_a_machine_called_by_a_common_word_does_not_take_the_word_from_programs(host):
    assert Machine.of(["/srv/x"], host).neutral(f"a {host} b") == f"a {host} b"


def test_this_machine_is_known_in_full(tmp_path):
    machine = this_machine(str(tmp_path))
    places = [sys.prefix, sysconfig.get_path("purelib"), str(Path(__file__).parents[1]), str(tmp_path), str(Path.cwd())]
    shown = machine.neutral("\n".join([*places, *(f"{p}/below/x.py" for p in places)]))
    assert not [p for p in places if p in shown and p not in ("/usr", "/tmp", "/")]
    assert "below/x.py" in shown
    assert platform.node() in machine.neutral(f"{platform.node()}s")
    assert machine.neutral("/tmp/x /usr/bin") == "/tmp/x /usr/bin"


def test_homes_and_the_search_path_are_of_this_machine_too(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_dir="/home/kim"))
    assert this_machine(f"{tmp_path}/a").neutral(f"{tmp_path}/bin/x /home/kim/y /usr/bin") == "x y /usr/bin"


@pytest.mark.parametrize("without", ["name", "system"])
def test_a_user_may_have_no_name(tmp_path, monkeypatch, without):
    if without == "name":
        monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    else:
        monkeypatch.setitem(sys.modules, "pwd", None)
    assert this_machine(f"{tmp_path}/{without}").neutral("/home/kim/y") == "/home/kim/y"


def test_every_word_of_a_grade_is_gone_through_and_no_number(tmp_path):
    said = Text.same(f"{tmp_path}/solutions/x.py")
    finding = Finding(said, said, said, said, said.en, None, (said,), said.en)
    check = CheckResult("c", said, False, Outcome.FAULTED, 2, finding, (said,), (), (said,))
    run = RunRecord((CellRecord(1, said.en, said.en, 3, "", (said,)),), said.en, 9, (said,))
    grade = ExerciseGrade("rank", said, Status.GRADED, "rank.py", "00", (said,), (check,), run)
    shown = ExerciseGrade.from_json(neutral(grade.to_json(), tmp_path))
    assert str(tmp_path) not in str(shown)
    assert str(shown).count("solutions/x.py") == str(grade).count("solutions/x.py")
    assert (shown.run.output_bytes, shown.checks[0].max_points, shown.run.cells[0].line) == (9, 2, 3)
