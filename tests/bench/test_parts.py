"""What the bench of a class is made of: files of which no two are equal, and a line through readings."""

from __future__ import annotations

import pytest

from grader.course import default_root, load_course
from tests.bench import big_class
from tests.bench.flatness import slope


def test_a_made_class_has_no_two_files_of_equal_bytes_and_all_kinds_of_them(tmp_path):
    course = load_course(default_root())
    size = big_class.write(tmp_path, course, 20)
    files = [path.read_bytes() for path in sorted(tmp_path.rglob("*.py"))]
    assert len(set(files)) == len(files) == 20 * len(course.exercises)
    assert sum(map(len, files)) == size
    stubs = [sum(data.endswith(e.stub().read_bytes()) for data in files) for e in course.exercises]
    assert stubs == [2] * len(course.exercises)
    assert not any(b"# variant:" in data or b"# mistake:" in data for data in files), "it would tell what is wrong"


def test_memory_that_grows_has_a_slope_and_what_settles_at_the_start_has_none():
    grows = slope([(float(s), 1000 + 10 * s / 3600) for s in range(0, 7200, 60)])
    assert grows.mb_per_hour == pytest.approx(10)
    assert grows.error == pytest.approx(0, abs=1e-6)
    settles = slope([(0.0, 100.0), (60.0, 600.0), *((float(s), 1000.0) for s in range(1200, 7200, 60))])
    assert (settles.mb_per_hour, settles.most_mb) == (pytest.approx(0), 1000)


def test_too_few_readings_say_nothing():
    assert slope([]).median_mb == 0
    assert slope([(1.0, 5.0), (2.0, 6.0)]).error == float("inf")
