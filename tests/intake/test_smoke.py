"""The first thing anyone tries."""

from pathlib import Path

from grader.intake import take_in
from grader.sources import read_cells


def test_a_file_becomes_a_submission_and_its_cells(tmp_path: Path) -> None:
    (tmp_path / "rank.py").write_bytes(b"x = 1\n# %%\ny = 2\n")
    submission = take_in([tmp_path / "rank.py"], ["rank", "matmul"]).learners[0].submissions[0]
    assert submission.slug == "rank"
    assert submission.data is not None
    assert read_cells(submission.file, submission.data).code == ("x = 1\n", "y = 2")
