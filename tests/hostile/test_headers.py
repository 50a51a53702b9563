"""What the runner makes of headers, and that the page about them is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.engine.tiers import Tier
from tests.hostile import table
from tests.hostile.attack import BadHeader, every, read
from tests.hostile.batch import Came, problems

HEADER = '# /// attack\n# title = "t"\n# limit = "cpu"\n# [tier.process]\n# broke = true\n# reason = "r"\n# ///\n'


def made(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reading" / "x.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_tiers_own_lines_go_before_the_common_ones(tmp_path: Path) -> None:
    attack = read(made(tmp_path, HEADER))
    assert (attack.id, attack.title, attack.exercise) == ("reading/x", "t", "rank")
    assert (attack.expected(Tier.STRICT).broke, attack.expected(Tier.PROCESS).broke) == (False, True)
    assert attack.expected(Tier.PROCESS).limit == "cpu"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('limit = "cpu"', 'limits = "cpu"', "unknown: limits"),
        ("tier.process", "tier.docker", "no tier is called docker"),
        ('reason = "r"', 'reason = ""', "need a reason"),
        ('title = "t"', "points = 0", "title"),
        ('limit = "cpu"', "points = 1.5", "points is a number"),
        ("# ///\n", "", "not in list"),
        ("# /// attack", "# attack", "no line"),
    ],
)
def test_an_unknown_or_missing_key_is_an_error(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(BadHeader, match=said):
        read(made(tmp_path, HEADER.replace(old, new)))


def test_an_unknown_group_is_an_error(tmp_path: Path) -> None:
    path = made(tmp_path, HEADER)
    with pytest.raises(BadHeader, match="no group is called"):
        read(path.rename(tmp_path / "x.py"))


def came(**changes: object) -> Came:
    fields = {
        "points": 0,
        "max_points": 10,
        "status": "graded",
        "output": "TRIED it",
        "told": "stopped",
        "limits": ("cpu",),
        "wall_s": 1.0,
    }
    return Came(**{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"points": 1}, "1 points instead of 0"),
        ({"status": "faulted"}, "status is faulted"),
        ({"grade": {"checks": [{"id": "c", "outcome": "faulted"}]}}, "spared ['c']"),
        ({"limits": ()}, "limit 'cpu' was not named"),
        ({"limits": (), "output": ""}, "did not try"),
        ({"output": "TRIED it\nBROKE it"}, "got through"),
        ({"told": "gradetape-secret-1"}, "read a secret"),
    ],
)
def test_every_difference_is_a_problem(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    attack = read(made(tmp_path, HEADER))
    assert problems(attack, attack.expected(Tier.STRICT), came()) == []
    assert said in str(problems(attack, attack.expected(Tier.STRICT), came(**changes)))
    assert problems(attack, attack.expected(Tier.STRICT), None) == ["there is no grade of it"]


def test_what_is_said_to_get_through_must_get_through(tmp_path: Path) -> None:
    attack = read(made(tmp_path, HEADER))
    assert "but it was stopped" in str(problems(attack, attack.expected(Tier.PROCESS), came()))


def test_the_table_is_up_to_date() -> None:
    assert table.README.read_text(encoding="utf-8") == table.page(), "run python -m tests.hostile --table"


def test_every_attack_says_what_it_tries() -> None:
    silent = [a.id for a in every() if "TRIED" not in a.source and not a.expected(Tier.STRICT).limit]
    assert silent == []
