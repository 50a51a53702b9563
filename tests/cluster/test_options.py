"""``grader grade --scheduler``: what is refused before anything starts."""

from __future__ import annotations

import sys

import click
import pytest

from grader.cli import elsewhere as option
from grader.cli import main
from grader.cluster import access


@pytest.fixture
def refused(grader, school, course, tmp_path):
    def run(*words):
        with pytest.raises(click.UsageError) as raised:
            grader("grade", school, "--out", tmp_path / "out", "--course", course, "--scheduler", *words)
        assert not (tmp_path / "out").exists()
        return raised.value.message

    return run


def test_without_the_extra_the_command_names_it(refused, monkeypatch):
    monkeypatch.setattr(option, "find_spec", lambda name: None)
    assert (
        refused("tcp://127.0.0.1:1", "--isolation", "strict")
        == '--scheduler needs Dask: pip install "gradetape[cluster]"'
    )


def test_unconfined_submissions_are_not_sent_to_a_cluster(refused):
    assert "any submission could take over every machine" in refused("tcp://127.0.0.1:1", "--isolation", "process")


def test_a_profile_is_of_one_machine(refused):
    assert "--profile" in refused("tcp://127.0.0.1:1", "--isolation", "strict", "--profile")


def test_a_network_that_others_can_read_is_warned_of(capsys):
    option.elsewhere("tcp://10.0.0.7:8786", (None, None, None), None, profile=False)
    assert "is not encrypted" in capsys.readouterr().err
    option.elsewhere("tls://10.0.0.7:8786", (None, None, None), None, profile=False)
    assert capsys.readouterr().err == ""


def test_a_scheduler_that_is_not_there_is_said_and_ends_with_3(school, course, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(access, "CONNECT_S", 0.2)
    words = ["grade", school, "--out", tmp_path / "out", "--course", course, "--isolation", "strict"]
    monkeypatch.setattr(sys, "argv", ["grader", *map(str, words), "--scheduler", "tcp://127.0.0.1:1"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert "stopped; what is graded is kept" in said
    assert "grader: no scheduler answers at tcp://127.0.0.1:1" in said
