"""A roster is read however it was exported, and says who is who: by ids and mail, by names only where one person has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.intake import BadRoster, read_roster, take_in
from grader.intake.roster import Person, Roster
from grader.naming import name_forms, same_id
from tests.intake.downloads import CODE, LATER, canvas, moodle
from tests.intake.made import SLUGS, folder, words
from tests.intake.test_platforms import gradescope_export, repositories

if TYPE_CHECKING:
    from pathlib import Path

    from grader.intake import Intake

ADA_ROW = ("Ada Lovelace", "ada@example.edu")


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Rank (77)
    Points Possible,,,,,10
"Lovelace, Ada",12345,20231111,ada,TF101,
"Student, Test",99,,f00,TF101,
"""


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    (tmp_path / "roster.csv").write_bytes(text.encode(encoding))
    return read_roster(tmp_path / "roster.csv")


def shape(person: Person) -> tuple[str, str, dict[str, str]]:
    return person.name, person.email, dict(person.ids)


EXPORTS = {
    "the gradebook of Canvas": (
        CANVAS,
        ("Lovelace, Ada", "", {"canvas": "12345", "student": "20231111", "login": "ada"}),
    ),
    "the participants of Moodle": (
        "First name,Surname,ID number,Email address,Groups\nAda,Lovelace,20231111,ada@example.edu,A\n",
        (*ADA_ROW, {"student": "20231111"}),
    ),
    "the participants of a German Moodle": (
        "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;20231111;ada@example.edu\n",
        (*ADA_ROW, {"student": "20231111"}),
    ),
    "the worksheet of Moodle": (
        "Identifier,Full name,Email address,Status,Grade\nParticipant 501,Ada Lovelace,ada@example.edu,No submission,\n",
        (*ADA_ROW, {"moodle": "501"}),
    ),
    "the roster of Gradescope": (
        "First Name,Last Name,SID,Email,Role\nAda,Lovelace,20231111,ada@example.edu,Student\nA,Teacher,1,t@x.edu,Instructor\n",
        (*ADA_ROW, {"student": "20231111"}),
    ),
    "the students of nbgrader": (
        "id,first_name,last_name,email,lms_user_id\nal,Ada,Lovelace,ada@example.edu,\n",
        (*ADA_ROW, {"student": "al"}),
    ),
    "the roster of GitHub Classroom": (
        "identifier,github_username,github_id,name\n20231111,ada-l,4711,Ada Lovelace\n",
        ("Ada Lovelace", "", {"student": "20231111", "github": "ada-l"}),
    ),
    "the roster of GitHub Classroom by mail": (
        "identifier,github_username,github_id,name\nada@example.edu,ada-l,,Ada Lovelace\n",
        (*ADA_ROW, {"github": "ada-l"}),
    ),
    "a Korean spreadsheet": (
        "학번,이름,이메일\n20231111,김영희,kim@example.ac.kr\n",
        ("김영희", "kim@example.ac.kr", {"student": "20231111"}),
    ),
    "a Korean spreadsheet with two names": (
        "학번,성,이름\n20231111,김,영희\n",
        ("김영희", "", {"student": "20231111"}),
    ),
    "a spreadsheet with a title above": (
        "2026 봄,,\n,,\n학번,이름,이메일\n20231111,김영희,\n",
        ("김영희", "", {"student": "20231111"}),
    ),
    "ids told to be text": ('sep=,\r\nid,name\r\n"=""0071""",Ada\r\n', ("Ada", "", {"student": "0071"})),
    "ids as numbers with a point": ("id,name\n20231111.0,Ada\n", ("Ada", "", {"student": "20231111"})),
}


@pytest.mark.parametrize("what", EXPORTS)
def test_a_roster_is_known_by_its_headings(what: str, tmp_path: Path) -> None:
    text, expected = EXPORTS[what]
    roster = read(tmp_path, text)
    assert [shape(person) for person in roster.people] == [expected]
    assert roster.messages == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_roster_is_read_as_any_spreadsheet_writes_it(encoding: str, separator: str, tmp_path: Path) -> None:
    text = "학번,이름,이메일\r\n20231111,김영희,k@x.kr\r\n20232222,박지민,p@x.kr\r\n".replace(",", separator)
    assert [person.id for person in read(tmp_path, text, encoding).people] == ["20231111", "20232222"]


def test_a_western_spreadsheet_keeps_its_accents(tmp_path: Path) -> None:
    assert read(tmp_path, "id;name\r\n1;José Müller\r\n", "cp1252").people[0].name == "José Müller"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "class.csv is empty"),
        (b'id,name\n1,Kim\n2,"Lee\n3,Park\n', "row 3: a quotation mark is opened and never closed"),
        (b"id\n2.02E+07\n2.02E+07\n", "shortened ids"),
        (b"a,b\n1,2\n", "There are: a, b."),
        (b"id,name\n", "nobody below them"),
        (b"PK\x03\x04 xlsx", "save it as CSV"),
        (b'id,name\n"' + b"x" * 200_000, "is no CSV"),
    ],
)
def test_what_is_no_roster_is_refused_with_the_repair(data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_bytes(data)
    with pytest.raises(BadRoster, match=r"class\.csv") as refused:
        read_roster(tmp_path / "class.csv")
    assert why in refused.value.text.en
    assert "class.csv" in refused.value.text.ko


def test_a_roster_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="cannot be read"):
        read_roster(tmp_path)


def test_ids_that_the_spreadsheet_shortened_and_ids_that_two_have_are_named(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,name\n2.02E+07,Ada\n7,Bob\n007,Cho\n7,Bob\n2.02E+07,Dan\n")
    assert [(person.name, person.id) for person in roster.people] == [("Ada", "Ada"), ("Bob", "7"), ("Dan", "Dan")]
    text = words(roster.messages)
    assert "the spreadsheet shortened ids (2.02E+07, 2.02E+07)" in text
    assert "row 4: Cho has an id that Bob has in row 3" in text
    assert len(roster.messages) == 2, "one row twice, as a learner in two sections, is nothing to say"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("lovelaceada", "Ada Lovelace"),
        ("oneilparkjae", "Jae O'Neil-Park"),
        ("vanrossumguido", "Guido van Rossum"),
        ("영희 김", "김영희"),
        ("Ｋim", "kim"),
    ],
)
def test_two_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert name_forms(one) & name_forms(other)


def test_ids_are_compared_as_spreadsheets_spoil_them() -> None:
    assert same_id("0071") == same_id("71") != same_id("710")
    assert same_id("2023-11111") == same_id("202311111")
    assert same_id("000") == same_id("000")


def joined(tmp_path: Path, roster: str, files: dict[str, bytes]) -> Intake:
    people = read(tmp_path, roster)
    return take_in([folder(tmp_path / "class", files)], SLUGS, roster=people)


def rows(intake: Intake) -> dict[str, tuple[str, list[str]]]:
    return {one.id: (one.name, [s.slug for s in one.submissions]) for one in intake.learners}


ROSTER = "id,name,email\n20231111,Ada Lovelace,ada@example.edu\n20232222,Bob Kahn,bob@example.edu\n20233333,김영희,kim@x.kr\n"


@pytest.mark.parametrize(
    "name",
    [
        "20231111",
        "20231111_에이다",
        "Ada Lovelace (2023-1111)",
        "ada@example.edu",
        "ada",
        "Lovelace, Ada",
        "lovelace_ada",
        "ADA LOVELACE",
    ],
)
def test_a_folder_is_joined_by_whatever_of_the_roster_is_its_name(name: str, tmp_path: Path) -> None:
    intake = joined(tmp_path, ROSTER, {f"{name}/rank.py": CODE, "bob kahn/rank.py": CODE, "김영희/rank.py": CODE})
    assert rows(intake) == {
        "20231111": ("Ada Lovelace", ["rank"]),
        "20232222": ("Bob Kahn", ["rank"]),
        "20233333": ("김영희", ["rank"]),
    }
    assert [one.email for one in intake.learners] == ["ada@example.edu", "bob@example.edu", "kim@x.kr"]
    assert (intake.messages, intake.absent) == ((), ())


def test_canvas_gradescope_and_github_are_joined_by_their_own_ids(tmp_path: Path) -> None:
    roster = "Canvas ID,Student ID,Name,Email,github_username\n12345,S1,Not the name,,\n,20232222,Bob K,BOB@example.edu,\n,S3,Hana,,Hana-H\n"
    files = {
        f"c/{canvas('Lovelace, Ada', 12345, 700, 'rank.py')}": CODE,
        **{f"g/{name}": data for name, data in gradescope_export().items()},
        **{f"hw-submissions/{name}": data for name, data in repositories("hw-hana-h", "hw-ian").items()},
    }
    found = rows(joined(tmp_path, roster, files))
    assert found["S1"] == ("Not the name", ["rank"])
    assert found["20232222"] == ("Bob K", ["rank"])
    assert found["S3"] == ("Hana", ["rank"])
    assert found["ian"] == ("ian", ["rank"])


def test_a_learner_of_the_roster_from_whom_nothing_came_is_there_without_work(tmp_path: Path) -> None:
    intake = joined(tmp_path, ROSTER, {"ada/rank.py": CODE, "bob/rank.py": CODE})
    assert rows(intake)["20233333"] == ("김영희", [])
    assert intake.absent == ("20233333",)
    (missing,) = [one for one in intake.learners if one.id == "20233333"]
    assert words(missing.messages) == "Nothing was handed in."


def test_who_is_not_in_the_roster_is_kept_and_listed(tmp_path: Path) -> None:
    intake = joined(tmp_path, ROSTER, {"zoe/rank.py": CODE, "ada/rank.py": CODE})
    assert rows(intake)["zoe"] == ("zoe", ["rank"])
    assert "Not in roster.csv, and graded all the same: zoe." in words(intake.messages)


def test_a_name_that_two_have_is_never_guessed(tmp_path: Path) -> None:
    roster = "학번,이름\n20231111,김영희\n20232222,김영희\n"
    intake = joined(tmp_path, roster, {"김영희/rank.py": CODE, "20232222 김영희/rank.py": LATER, "lee/rank.py": CODE})
    assert rows(intake)["김영희"] == ("김영희", ["rank"])
    assert rows(intake)["20232222"] == ("김영희", ["rank"])
    assert rows(intake)["20231111"] == ("김영희", [])
    assert intake.absent == (), "what came may be theirs"
    text = "김영희 (김영희) may be 김영희 (20231111), 김영희 (20232222) of roster.csv; nobody was guessed"
    assert text in words(intake.messages)


def test_two_who_come_as_one_of_the_roster_are_not_made_one(tmp_path: Path) -> None:
    files = {
        canvas("김영희", 11, 700, "rank.py"): CODE,
        canvas("김영희", 12, 701, "matmul.py"): CODE,
        canvas("Bob Kahn", 13, 702, "rank.py"): CODE,
    }
    found = rows(joined(tmp_path, ROSTER, files))
    assert found["김영희-11"] == ("김영희", ["rank"])
    assert found["김영희-12"] == ("김영희", ["matmul"])
    assert found["20233333"] == ("김영희", [])


def test_a_number_and_a_name_that_are_two_peoples_are_not_believed(tmp_path: Path) -> None:
    intake = joined(tmp_path, ROSTER, {"20231111_Bob Kahn/rank.py": CODE, "김영희/rank.py": CODE})
    assert rows(intake)["20231111_Bob-Kahn"] == ("20231111_Bob Kahn", ["rank"])
    assert "may be Ada Lovelace (20231111), Bob Kahn (20232222)" in words(intake.messages)


def test_one_person_on_two_platforms_is_one_learner(tmp_path: Path) -> None:
    files = {
        f"c/{canvas('Lovelace, Ada', 12345, 700, 'rank.py')}": CODE,
        f"m/{moodle('Ada Lovelace', 5, 'matmul.py')}": CODE,
        f"m/{moodle('Bob Kahn', 6, 'matmul.py')}": CODE,
    }
    intake = joined(tmp_path, ROSTER, files)
    assert rows(intake)["20231111"] == ("Ada Lovelace", ["rank", "matmul"])
    ada = next(one for one in intake.learners if one.id == "20231111")
    assert dict(ada.ids) == {"canvas": "12345", "moodle": "5", "student": "20231111"}


def test_anonymous_learners_of_moodle_are_joined_by_its_worksheet(tmp_path: Path) -> None:
    roster = "Identifier,Full name,Email address\nTeilnehmer/in 501,Ada Lovelace,ada@example.edu\nTeilnehmer/in 502,Bob,b@x.de\n"
    files = {moodle("Teilnehmer", 501, "rank.py"): CODE, moodle("Teilnehmer", 502, "rank.py"): CODE}
    assert rows(joined(tmp_path, roster, files)) == {"501": ("Ada Lovelace", ["rank"]), "502": ("Bob", ["rank"])}


def test_a_login_that_a_learner_chose_elsewhere_is_no_login_here(tmp_path: Path) -> None:
    roster = "Username,Name,Email\nhana,Someone Else,hana@x.edu\n"
    files = repositories("hw-hana", "hw-ian")
    found = rows(joined(tmp_path, roster, files))
    assert found["hana"] == ("Someone Else", [])
    assert found["hana-2"] == ("hana", ["rank"])


def test_names_made_to_deceive_stay_data(tmp_path: Path) -> None:
    roster = 'id,name\n1,"=HYPERLINK(""x"")"\n2,"\x1b[31mred\u202e"\n3,Ada\n'
    intake = joined(tmp_path, roster, {"Ada/rank.py": CODE, "lee/rank.py": CODE})
    assert "\x1b" not in "".join(one.name for one in intake.learners)
    assert "\u202e" not in "".join(one.name for one in intake.learners)


def test_a_roster_of_5000_is_joined_within_seconds(tmp_path: Path) -> None:
    lines = "".join(f"{20230000 + i},Learner {i},l{i}@x.edu\n" for i in range(5000))
    files = {f"l{i}/rank.py": CODE for i in range(0, 5000, 10)}
    intake = joined(tmp_path, "id,name,email\n" + lines, files)
    assert (len(intake.learners), len(intake.absent)) == (5000, 4500)
