"""The parts of the engine that need no kernel."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import mmap
import os
import signal
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from grader.engine import environment, framing, linux, plant, processes, verdicts, workplace
from grader.engine.conversation import Heard
from grader.engine.kernel import Wires
from grader.engine.limits import KERNEL_UIDS, Limits
from grader.engine.messages import GuardedSession, Malformed
from grader.engine.output import Recorder, clean, shorten
from grader.engine.printed import Printed
from grader.engine.session import KernelSession
from grader.engine.source import Ended
from grader.engine.tiers import OK, Tier, attempt, best
from grader.errors import GraderFault


def signed(session: GuardedSession, *parts: bytes) -> list[bytes]:
    return [session.sign(list(parts)), *parts]


HEADER = b'{"msg_id": "1", "msg_type": "%s"}'


@pytest.fixture
def session() -> GuardedSession:
    return GuardedSession(key=b"k" * 32)


def test_a_good_message_is_read(session: GuardedSession) -> None:
    parts = signed(session, HEADER % b"stream", b"{}", b"{}", b'{"name": "stdout", "text": "x"}')
    message = session.deserialize([*parts, b"buffer"])
    assert (message["content"]["text"], message["buffers"]) == ("x", [b"buffer"])


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (b"stream", b'{"name": "stdout", "text": 5}'),
        (b"stream", b"[]"),
        (b"status", b"{}"),
        (b"error", b'{"ename": "E", "evalue": "", "traceback": [1]}'),
        (b"execute_reply", b'{"status": null}'),
        (b"gradetape_reply", b"[" * 100_000),
        (b"gradetape_reply", b"\xff\xfe"),
        (b"gradetape_reply", b'{"n": ' + b"9" * 10_000 + b"}"),
    ],
)
def test_a_message_with_the_wrong_fields_is_refused(session: GuardedSession, kind: bytes, content: bytes) -> None:
    with pytest.raises(Malformed):
        session.deserialize(signed(session, HEADER % kind, b"{}", b"{}", content))


@pytest.mark.parametrize("header", [b"{}", b"5", b'{"msg_id": 1, "msg_type": "x"}'])
def test_a_message_without_a_proper_header_is_refused(session: GuardedSession, header: bytes) -> None:
    with pytest.raises(Malformed):
        session.deserialize(signed(session, header, b"{}", b"{}", b"{}"))


def test_a_wrong_signature_and_a_short_message_are_refused(session: GuardedSession) -> None:
    good = signed(session, HEADER % b"x", b"{}", b"{}", b"{}")
    for bad in ([b"0" * 64, *good[1:]], good[:3], []):
        with pytest.raises(Malformed):
            session.deserialize(bad)
    with pytest.raises(Malformed):
        session.feed_identities([b"no", b"delimiter"])


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\rb\n", "b\n"),
        ("10%\r50%\r100%\n", "100%\n"),
        ("line\r\n", "line\n"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("ab\x08c", "ac"),
        ("null\x00bell\x07", "nullbell"),
        ("\u202etrap\u202c", "trap"),
        ("<object object at 0x7f3a5c0d1230>", "<object object at 0x\u2026>"),
        ("Op:__inference_multi_step_on_iterator_1047]", "Op:__inference_multi_step_on_iterator]"),
        (
            'at:\n  File "a/zygote.py", line 3, in main\n\n  File "cell 2", line 1, in f\n\nno',
            'at:\n  File "cell 2", line 1, in f\n\nno',
        ),
        ('  File "a.py", line 3, in main\n    mine()\n', '  File "a.py", line 3, in main\n    mine()\n'),
        ("/scratch/data.csv", "data.csv"),
        ("/tmp/gradetape-scratch-4026531836-12-3456-a1b2/data.csv", "data.csv"),
        ('open("/tmp/gradetape-scratch-1-2-3-ab/x"), ./my/gradetape-scratch-x', 'open("x"), ./my/gradetape-scratch-x'),
        ("한국어 ✓ 🙂\ttab", "한국어 ✓ 🙂\ttab"),
    ],
)
def test_printed_text_comes_out_plain(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_a_megabyte_of_anything_is_cleaned_quickly() -> None:
    paths = ("./", "a/", "/gradetape-scratch-", "./gradetape-scratch-a/", "__inference_")
    for piece in ("y", "\r", "\x1b[", "\x1b]", "\x08", "a\r", "a\x08"):
        clean(piece * (1_000_000 // len(piece)))
    for piece in paths:
        clean(piece * (200_000 // len(piece)))


def test_long_text_is_cut_in_the_middle_and_says_so() -> None:
    assert shorten("a" * 50 + "b" * 50, 20) == "a" * 10 + "\n… [80] …\n" + "b" * 10
    assert shorten("short", 20) == "short"


def test_a_recorder_keeps_both_ends_and_counts_all() -> None:
    recorder = Recorder(100)
    for i in range(1_000):
        recorder.add(f"{i}\n")
    assert recorder.bytes == sum(len(f"{i}\n") for i in range(1_000))
    text = recorder.text()
    assert text.startswith("0\n1\n")
    assert text.endswith("998\n999\n")
    assert len(text) < 110


def test_a_muted_recorder_keeps_nothing() -> None:
    recorder = Recorder(100)
    recorder.muted = True
    assert recorder.add("é") == 2
    assert (recorder.text(), recorder.bytes) == ("", 0)


def test_messages_come_whole_however_they_are_cut() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        reader, large = framing.Reader(ours), {"text": "}" * 300_000}
        sending = threading.Thread(target=lambda: [framing.send(theirs, m) for m in ({"a": 1}, large, {"b": 2})])
        sending.start()
        assert [reader.next(10), reader.next(10), reader.next(10)] == [{"a": 1}, large, {"b": 2}]
        sending.join()
        theirs.sendall(b'{"no": "newline"}')
        assert reader.next(10) == {"no": "newline"}
        with pytest.raises(TimeoutError):
            reader.next(0.01)
        theirs.sendall(b'{"half": ')
        theirs.shutdown(socket.SHUT_WR)
        assert reader.next(10) is None


def test_a_message_that_is_no_object_is_our_own_fault() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"[1]\n")
        with pytest.raises(ValueError, match="JSON object"):
            framing.Reader(ours).next(1)


def test_the_last_words_of_one_who_did_not_listen_are_heard() -> None:
    """As of a kernel that cannot be confined, and ends while its session is on the way."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        framing.send_fds(ours, {"never": "read"})
        framing.send_fds(theirs, {"error": "why"})
        theirs.close()
        assert framing.receive_fds(ours) == ({"error": "why"}, [])
        assert framing.receive_fds(ours) == (None, [])


def test_one_who_is_gone_without_a_word_is_gone() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            framing.send_fds(ours, {"never": "read"})
        assert framing.receive_fds(ours) == (None, [])


def test_a_plan_travels() -> None:
    plan = plant.Plan(Wires(b"\x00key", "a", "b", 3, 4), Limits(cell_s=1), 7, {"x": b"\xff"})
    assert plant.Plan.from_bytes(plan.to_bytes()) == plan


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x"])
def test_a_file_cannot_be_put_outside_of_the_scratch_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="outside"):
        plant.write_file(name, b"")


def test_the_environment_is_an_allow_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "s3cr3t")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    given = environment.variables()
    assert "MY_SECRET_TOKEN" not in given
    assert given["PYTHONPATH"] == str(environment.package_root())
    assert (given["PYTHONHASHSEED"], given["TZ"]) == ("0", "UTC")


def test_the_cache_goes_where_it_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert environment.cache_dir() == tmp_path / "cache" / "gradetape"
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert environment.cache_dir().is_dir()


def test_the_checkout_is_not_on_a_learners_path() -> None:
    root = environment.package_root()
    assert str(root) not in environment.learner_path()
    assert not any(root.is_relative_to(p) for p in environment.readable_paths())
    assert not any(Path(p).is_relative_to(root) and ".venv" not in p for p in environment.readable_paths())


def test_the_best_tier_needs_all_its_layers() -> None:
    layers = dict.fromkeys(("namespaces", "landlock", "seccomp", "pidfd"), OK)
    assert best(layers) is Tier.STRICT
    assert best({**layers, "namespaces": "no"}) is Tier.LANDLOCK
    assert best({**layers, "namespaces": "no", "landlock": "no"}) is Tier.PROCESS
    assert best({**layers, "seccomp": "no"}) is Tier.PROCESS


def test_a_trial_that_fails_or_dies_says_why() -> None:
    def fails() -> None:
        raise OSError(1, "not here")

    def dies() -> None:
        import os

        os.kill(os.getpid(), 9)

    assert attempt(lambda: None) == OK
    assert "not here" in attempt(fails)
    assert attempt(dies) == "died of SIGKILL"


def test_printing_goes_out_in_pieces_and_in_order() -> None:
    sent: list[str] = []
    printed = Printed(sent.append)
    print("a" * 200_000, "end", file=printed)
    printed.flush()
    assert max(map(len, sent)) == 1 << 16
    assert "".join(sent) == "a" * 200_000 + " end\n"
    assert (printed.writable(), printed.isatty(), printed.fileno()) == (True, False, 1)
    with pytest.raises(TypeError):
        printed.write(b"bytes")  # type: ignore[arg-type]


def test_what_a_cell_prints_first_goes_out_at_once_the_rest_in_bulk() -> None:
    sent: list[str] = []
    printed = Printed(sent.append)
    for _ in range(2):
        for i in range(1_000):
            printed.write(f"{i}\n")
            assert i > 10 or sent[-1] == f"{i}\n"
        printed.flush()
    assert len(sent) < 200
    assert "".join(sent) == "".join(f"{i}\n" for i in range(1_000)) * 2


def test_limits_travel_as_json() -> None:
    plain: dict[str, Any] = json.loads(json.dumps(Limits().__dict__))
    assert Limits(**plain) == Limits()


def test_a_cache_that_others_could_fill_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Python imports what lies under a home, and the second place has a name that anybody can guess."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = environment.cache_dir()
    folder.chmod(0o777)
    assert environment.cache_dir() != folder
    folder.chmod(0o700)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert environment.cache_dir() != folder
    if os.geteuid() == 0:
        folder.unlink()
        folder.mkdir(mode=0o700)
        os.chown(folder, 65534, 65534)
        assert environment.cache_dir() != folder
        os.chown(folder, 0, 0)
        os.chown(folder.parent, 65534, 65534)
        assert environment.cache_dir() != folder


def test_memory_that_the_system_spends_on_a_process_is_its_own() -> None:
    me = [os.getpid()]
    before = processes.kernel_mb(me)
    pairs = [socket.socketpair() for _ in range(100)]
    wide = mmap.mmap(-1, 1 << 34, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
    wide.madvise(15)  # MADV_NOHUGEPAGE
    assert not any(wide[:: 2 << 20])  # 8192 looks, a table of 4 KB for each
    assert processes.kernel_mb(me) - before >= 32 + (200 - 64) * 0.2 - 2
    for one in itertools.chain(*pairs):
        one.close()
    assert processes.kernel_mb([2**22 + 1]) == 0


def test_who_waits_for_a_child_by_vfork_is_not_at_work() -> None:
    vfork, parent = 0x4000, os.fork()
    if parent == 0:
        if ctypes.CDLL(None).syscall(linux.number_of(56, 220), vfork | signal.SIGCHLD, None, None, None, None) == 0:
            signal.pause()
        os._exit(0)
    try:
        until = time.monotonic() + 20
        while not processes.tree(parent)[1:] and time.monotonic() < until:
            time.sleep(0.01)
        while processes.activity(processes.tree(parent)).at_work and time.monotonic() < until:
            time.sleep(0.01)
        assert processes.read(f"/proc/{parent}/stat").split()[2] == b"D"
        assert not processes.activity(processes.tree(parent)).at_work
    finally:
        for pid in reversed(processes.tree(parent)):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(parent, 0)


@pytest.mark.parametrize(("peak_mb", "limit"), [(400, ""), (600, "memory")])
def test_who_had_most_of_the_memory_when_there_was_no_more_has_reached_the_limit(peak_mb: int, limit: str) -> None:
    heard, ended = Heard(end="died"), Ended(status=signal.SIGKILL, peak_mb=peak_mb)
    assert verdicts.killed_from_outside(heard, ended)
    taken = verdicts.took_the_rest(ended, Limits(memory_mb=1000))
    assert verdicts.limit_of(heard, taken) == limit
    if taken:
        words = verdicts.sentence(heard, taken, Limits(memory_mb=1000), 1).en
        assert "no memory left" in words
        assert "up to 1000 MB" in words


@pytest.mark.parametrize(("alone", "peak_mb", "ours"), [(True, 600, False), (True, 400, True), (False, 600, True)])
def test_a_kernel_killed_from_outside_is_our_fault_but_for_one_that_alone_took_all_memory(
    monkeypatch: pytest.MonkeyPatch, *, alone: bool, peak_mb: int, ours: bool
) -> None:
    async def buried() -> Ended:
        return Ended(status=signal.SIGKILL, peak_mb=peak_mb)

    with KernelSession((), Limits(memory_mb=1000), MagicMock(), may_kill_itself=False, alone=alone) as session:
        monkeypatch.setattr(session, "_bury", buried)
        with pytest.raises(GraderFault, match="killed") if ours else contextlib.nullcontext():
            session._loop.run_until_complete(session._settle(Heard(end="died")))


def test_a_cache_of_nowhere_is_swept_when_its_process_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    (tmp_path / f"gradetape-cache-{os.getuid()}").touch()
    kept = environment.cache_dir()
    gone = kept.rename(kept.with_name(kept.name.replace(f"-{os.getpid()}-", "-1-")))
    assert environment.cache_dir().is_dir()
    workplace.sweep()
    assert not gone.exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_only_what_is_below_is_ended() -> None:
    """The number of a process that has ended may be another's by the time it is signalled."""
    pid = os.fork()
    if pid == 0:
        signal.pause()
    processes.kill_below(pid, os.getpid())
    processes.kill_below(1 << 22, pid)
    assert os.waitpid(pid, os.WNOHANG) == (0, 0)
    processes.kill_below(os.getpid(), pid)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL
    processes.kill_below(os.getpid(), pid)


def test_what_another_user_laid_out_is_not_swept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    space = workplace._space()
    left = {name: tmp_path / f"gradetape-scratch-{space}-{pid}-{number}-x" for number, name in enumerate("abcd", 1)}
    for name in "abc":
        left[name].mkdir()
    left["d"].symlink_to(tmp_path)
    if os.geteuid() == 0:
        os.chown(left["b"], KERNEL_UIDS[0], KERNEL_UIDS[0])
        os.chown(left["c"], 1000, 1000)
    workplace.sweep()
    stay = {"c", "d"} if os.geteuid() == 0 else {"d"}
    assert {name for name, path in left.items() if path.is_symlink() or path.exists()} == stay
