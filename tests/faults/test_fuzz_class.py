"""A class of malformed files, graded by the whole command: each gets a verdict, and the good ones get their points."""

from __future__ import annotations

import json
import random

import pytest

from tests.cli.conftest import RIGHT, SLUG
from tests.intake.fuzzing import LONG
from tests.intake.made import zipped
from tests.intake.raw_zip import Archive, File
from tests.intake.test_fuzz_notebooks import CODECS, JUNK, V2, V3, V4, changed, rewritten, wrapped

SEED = 20251122
MALFORMED = 200 if LONG else 12
INSERTED = ("\0", ",", "}", '"', "\\ud800", "[" * 100, "9" * 5000, "# %%\n", "\x1b[31m")


def malformed(rng: random.Random) -> tuple[str, bytes]:
    """A file for the exercise that is broken somewhere."""
    kind = rng.choice(["notebook", "text", "bytes", "zip", "script"])
    if kind == "zip":
        lies = tuple(
            (
                rng.choice(["local", "central"]),
                rng.choice(["size", "packed", "method", "offset", "flags"]),
                rng.choice([0, 1, 9, 99, 2**31]),
            )
            for _ in range(2)
        )
        inner = File(f"{SLUG}.py".encode(), RIGHT.encode(), lies=lies)
        return "work.zip", Archive((inner,), before=rng.choice([b"", b"MZ"])).written()
    if kind == "script":
        data = bytearray(RIGHT.encode() + b"\n# %%\n%%bash\nls\n!ls\n" + "print('가')\n".encode("cp949"))
        for _ in range(rng.randrange(4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        return f"{SLUG}.py", bytes(data)
    node = changed(
        rng.choice([V4, V3, V2]),
        [(rng.choice(["put", "drop"]), rng.randrange(60), rng.choice(JUNK)) for _ in range(2)]
        if kind == "notebook"
        else [],
    )
    text = json.dumps(node)
    if kind == "text":
        text = rewritten(
            text,
            [("insert", rng.randrange(2000), rng.choice(INSERTED)), ("cut", rng.randrange(2000), rng.randrange(9))],
        )
    data = text.encode(rng.choice(CODECS), errors="replace")
    return f"{SLUG}.ipynb", wrapped(data, rng.choice(["", "gzip", "half", "nul", "zip"])) if kind == "bytes" else data


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_fuzz_a_class_of_malformed_files_is_graded_to_its_end(grader, course, school, tmp_path):
    rng = random.Random(SEED)
    for number in range(MALFORMED):
        name, data = malformed(rng)
        (school / f"z{number:03d}").mkdir()
        (school / f"z{number:03d}" / name).write_bytes(data)
    packed = tmp_path / "class.zip"
    packed.write_bytes(
        zipped({str(p.relative_to(school)): p.read_bytes() for p in sorted(school.rglob("*")) if p.is_file()})
    )
    for number, handed_in in enumerate([school, packed]):
        out = tmp_path / f"out{number}"
        result = grader("grade", handed_in, "--out", out, "--course", course, "--jobs", 2)
        assert result.exit_code == 0, result.stderr
        learners = json.loads((out / "grades.json").read_text(encoding="utf-8"))["learners"]
        assert len(learners) == MALFORMED + 2
        by_name = {one["name"]: one for one in learners}
        assert [c["outcome"] for c in by_name["ada"]["exercises"][0]["checks"]] == ["passed", "passed"]
        for one in learners:
            said = [*one["messages"], *(m for e in one["exercises"] for m in e["messages"])]
            assert one["exercises"][0]["status"] == "graded" or said
            assert (out / "learners" / f"{one['id']}.html").exists()
