"""A class of twelve as the grader would grade it: every outcome, status and picture, and names that try things."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping

from grader.grades import (
    Capsule,
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    Finding,
    LearnerGrade,
    Outcome,
    Picture,
    RunRecord,
    Status,
    Timing,
)
from grader.text import Text
from tests.reports.sample_course import COURSE, TOPICS, Item, Topic, both
from tests.reports.sample_findings import FINDINGS, HIDDEN_INPUT, RUNS, SCRIPT
from tests.reports.sample_pictures import activation, distribution, surface, sweep, training

ERRORS = ("name_error", "legacy", "not_written", "missing", "time", "hidden_error")
CAPSULE = Capsule(
    course="first-steps",
    course_sha256="5f0c1d2e" * 8,
    seed=20_240_611,
    isolation="strict",
    versions={"gradetape": "0.1.0", "python": "3.11.2", "tensorflow": "2.21.0", "keras": "3.15.1", "numpy": "2.4.0"},
)
Wrong = Mapping[str, str]  # check id -> key of FINDINGS, or "skip"


def graded(
    topic: Topic, wrong: Wrong | None = None, run: str = "quiet", messages: tuple[Text, ...] = ()
) -> ExerciseGrade:
    """Work that was judged; checks that are not in ``wrong`` passed."""
    checks = tuple(_check(topic, item, (wrong or {}).get(item.id, "")) for item in topic.items)
    return _exercise(topic, Status.GRADED, checks, RUNS[run], messages)


def absent(topic: Topic, status: Status = Status.MISSING, message: Text | None = None) -> ExerciseGrade:
    """Work that could not be judged: its checks give no points, all of them count."""
    checks = tuple(_result(item, Outcome.SKIPPED, None) for item in topic.items)
    messages = (message,) if message else ()
    made = _exercise(topic, status, checks, RunRecord(), messages)
    return made if message else dataclasses.replace(made, file="", sha256="")


def _exercise(
    topic: Topic, status: Status, checks: tuple[CheckResult, ...], run: RunRecord, messages: tuple[Text, ...]
) -> ExerciseGrade:
    return ExerciseGrade(topic.slug, topic.title, status, f"{topic.slug}.ipynb", "ab12" * 16, messages, checks, run)


def _check(topic: Topic, item: Item, key: str) -> CheckResult:
    if key == "skip":
        title = topic.items[0].title
        message = both(
            f"This check builds on “{title.en}”; get that one right first.",
            f"이 검사는 “{title.ko}”를 바탕으로 합니다. 그것부터 맞히세요.",
        )
        return _result(item, Outcome.SKIPPED, Finding(message))
    outcome = (
        Outcome.PASSED
        if not key
        else Outcome.FAULTED
        if key == "fault"
        else Outcome.ERRORED
        if key in ERRORS
        else Outcome.FAILED
    )
    made = _result(item, outcome, FINDINGS[key] if key else None)
    return dataclasses.replace(made, pictures=_pictures(topic.slug, item, wrong=bool(key)), notes=_notes(item))


def _result(item: Item, outcome: Outcome, finding: Finding | None) -> CheckResult:
    hints = item.hints if outcome is not Outcome.PASSED else ()
    return CheckResult(item.id, item.title, item.public, outcome, item.points, finding, hints)


def _pictures(slug: str, item: Item, *, wrong: bool) -> tuple[Picture, ...]:
    if not item.public:
        title = Text.same(f"picture of {HIDDEN_INPUT}")
        return (dataclasses.replace(surface(wrong, 5), title=title, description=title),)
    return {
        ("activations", "sigmoid"): (activation(wrong),),
        ("xor_mlp", "learns_xor"): (surface(wrong), training(3)),
        ("lr_sweep", "plots_four_panels"): (sweep(wrong),),
        ("batchnorm", "normalises"): (distribution(wrong),),
    }.get((slug, item.id), ())


def _notes(item: Item) -> tuple[Text, ...]:
    if item.id != "hidden_points":
        return ()
    return (
        both(
            "Answered by your own model object: it cannot be rebuilt from its description (it has a custom layer).",
            "모델에 직접 만든 층이 있어 설명만으로 다시 만들 수 없으므로, 학습자의 모델 객체로 답을 구했습니다.",
        ),
    )


def learner(
    key: str, name: str, work: Mapping[str, ExerciseGrade] | None = None, messages: tuple[Text, ...] = ()
) -> LearnerGrade:
    """All exercises; the ones that are not in ``work`` are right."""
    return LearnerGrade(key, name, tuple((work or {}).get(t.slug) or graded(t) for t in TOPICS), messages)


BY_SLUG = {topic.slug: topic for topic in TOPICS}


def sample_class() -> ClassGrade:
    """The class of twelve."""
    rank, matmul, reshape, gates, xor, activations, sweeps, batchnorm, dropout, save = TOPICS
    hidden = {t.slug: t.items[-1].id for t in TOPICS}
    everything_wrong = {
        t.slug: graded(t, {i.id: ("hidden" if not i.public else "none") for i in t.items}) for t in TOPICS
    }
    stub = {t.slug: graded(t, {t.items[0].id: "not_written"} | {i.id: "skip" for i in t.items[1:]}) for t in TOPICS}
    not_json = both(
        "“rank.ipynb” is not JSON (line 1, column 1), so it is no notebook. Save it again from Jupyter.",
        "“rank.ipynb”는 JSON이 아니므로(1행 1열) 노트북이 아닙니다. 주피터에서 다시 저장하세요.",
    )
    two_files = both(
        "Two files came for this exercise: “matmul.ipynb” was graded, “matmul (1).py” was not.",
        "이 과제에 파일이 두 개 왔습니다. “matmul.ipynb”를 채점하고 “matmul (1).py”는 채점하지 않았습니다.",
    )
    saved_as = both(
        "“reshape.ipynb” is saved as EUC-KR. It was read all the same; save it as UTF-8.",
        "“reshape.ipynb”가 EUC-KR로 저장되어 있습니다. 그대로 읽었지만 다음에는 UTF-8로 저장하세요.",
    )
    unknown = both(
        "“homework_final_final.py” is none of the exercises. Is it meant to be “rank.py”?",
        "“homework_final_final.py”는 과제 파일이 아닙니다. “rank.py”를 뜻한 것인가요?",
    )
    learners = (
        learner("minjun-kim", "김민준"),
        learner("seoyeon-lee", "이서연", {
            "matmul": graded(matmul, {"lecture_product": "elementwise", "any_conformable_shapes": "skip", "dense_forward": "no_bias", hidden["matmul"]: "hidden"}, "chatty", (two_files,)),
            "reshape": graded(reshape, {"keeps_order": "transposed", hidden["reshape"]: "hidden"}, messages=(saved_as,)),
            "xor_mlp": graded(xor, {"learns_xor": "linear", "hidden_points": "skip", hidden["xor_mlp"]: "skip"}, "long"),
            "activations": graded(activations, {"relu": "drops_negatives", "stays_finite": "overflow", hidden["activations"]: "hidden"}),
            "lr_sweep": graded(sweeps, {"keeps_the_start": "no_start", "plots_four_panels": "fault"}),
        }),
        learner("olivia-martin", "Olivia Martin", {
            "rank": graded(rank, {"counts_axes": "size_for_rank", hidden["rank"]: "hidden_error"}),
            "activations": graded(activations, {"sigmoid": "name_error", "softmax_rows": "all_axes", "stays_finite": "skip", hidden["activations"]: "skip"}, "broken"),
            "gates": graded(gates, {"learns_or": "legacy", "learns_and": "skip", hidden["gates"]: "skip"}),
            "lr_sweep": graded(sweeps, {"classifies": "missing", hidden["lr_sweep"]: "skip", "plots_four_panels": "none"}),
        }),
        learner("jiho-park", "박지호", everything_wrong),
        learner("chen-wei", "Chen Wei", stub),
        learner("lea-dubois", "Léa Dubois", {
            "rank": absent(rank, Status.UNREADABLE, not_json),
            "gates": graded(gates, {i.id: "missing" if i.public else "skip" for i in gates.items}, "syntax"),
            "dropout": graded(dropout, {"keeps_the_mean": "not_scaled"}),
            "save_load": graded(save, {"same_predictions": "retrained", hidden["save_load"]: "hidden"}),
        }, (unknown,)),
        learner("haeun-jeong", "정하은", {t.slug: absent(t) for t in TOPICS[3:]}),
        learner("noah-schmidt", "Noah Schmidt", {
            "lr_sweep": graded(sweeps, {"descends": "time", "keeps_the_start": "skip", "classifies": "skip", "plots_four_panels": "skip", hidden["lr_sweep"]: "skip"}, "endless"),
            "matmul": graded(matmul, {"product_shape": "wrong_shape"}),
            "reshape": graded(reshape, {"flattens": "none", "keeps_order": "transposed"}),
        }),
        learner("yujin-choi", "최유진", {
            "batchnorm": absent(batchnorm, Status.FAULTED, Text.same("KeyError: 'secret_of_the_grader'")),
            "xor_mlp": graded(xor, {"learns_xor": "linear", "hidden_points": "skip", hidden["xor_mlp"]: "skip"}),
        }),
        learner("script-oneil", f"{SCRIPT} O'Neil & Söhne", {"rank": graded(rank, {"names_kinds": "nasty", "counts_axes": "size_for_rank"}, "nasty")}),
        learner("omar-khaled", "عمر \u202eخالد", {"rank": graded(rank, {"counts_axes": "size_for_rank"}), "matmul": graded(matmul, {"lecture_product": "elementwise", "any_conformable_shapes": "skip"})}),
        learner("formula", '=HYPERLINK("http://example.org","click")' + " long" * 30, {"dropout": graded(dropout, {"keeps_the_mean": "not_scaled", hidden["dropout"]: "hidden"})}),
    )  # fmt: skip
    nobody = both(
        "“notes.docx” belongs to no learner and was left out.", "“notes.docx”는 어느 학습자의 것도 아니어서 뺐습니다."
    )
    return ClassGrade(COURSE, CAPSULE, learners, (nobody,))


def large_class(size: int = 300) -> ClassGrade:
    """A class of ``size`` with outcomes drawn from a seed."""
    draw = random.Random(7)
    learners = tuple(_drawn(n, draw) for n in range(size))
    return ClassGrade(COURSE, CAPSULE, learners)


def _drawn(number: int, draw: random.Random) -> LearnerGrade:
    skill = draw.betavariate(4, 1.6)
    keys = ("elementwise", "none", "name_error", "missing", "transposed", "skip")
    work = {
        t.slug: absent(t)
        if draw.random() > skill + 0.25
        else graded(
            t, {i.id: draw.choice(keys) if i.public else "hidden" for i in t.items if draw.random() > skill + 0.1}
        )
        for t in TOPICS
    }
    family = ("김", "이", "박", "Anna", "Bruno", "Chiara", "정", "Divya")[number % 8]
    return learner(f"learner-{number:03}", f"{family} {number:03}", work)


def timings(klass: ClassGrade) -> list[Timing]:
    """Made-up seconds of every exercise."""
    return [Timing(p.id, e.slug, 0.5, 0.25, 180) for p in klass.learners for e in p.exercises]
