"""A learner's folder can be measured and taken away, whatever was done to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.engine import folders, linux
from grader.engine.linux import Clone, Mount


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "scratch"
    made.mkdir()
    back = os.getcwd()
    os.chdir(made)
    yield made
    os.chdir(back)
    folders.remove(str(made))


def nest(folder: Path, depth: int) -> None:
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("deep.txt").write_text("x")
    os.chdir(folder)


def close(folder: Path) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_text("x")
    (folder / "a" / "b").chmod(0)
    (folder / "a").chmod(0)
    (folder / "born closed").mkdir(0)


def name_oddly(folder: Path) -> None:
    for name in (b"\xff\xfe", b"a\nb", b"-rf", b"x" * 255, b".moved-1"):
        os.mkdir(os.path.join(os.fsencode(folder), name))
        with open(os.path.join(os.fsencode(folder), name, b"f"), "wb"):
            pass


def link(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (folder / "to a folder").symlink_to(outside)
    (folder / "to a file").symlink_to(outside / "kept")
    (folder / "to itself").symlink_to(folder)
    os.link(outside / "kept", folder / "hard")
    os.mkfifo(folder / "fifo")


@pytest.mark.parametrize("spoil", [lambda f: nest(f, 3000), close, name_oddly, link, lambda _: None])
def test_it_goes_with_all_that_is_in_it(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    folders.remove(str(folder))
    assert not folder.exists()
    assert [p.read_text() for p in folder.parent.glob("outside/*")] in ([], ["kept"])


def test_one_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    folders.remove(str(tmp_path / "gone"))
    (tmp_path / "link").symlink_to(tmp_path)
    folders.remove(str(tmp_path / "link"))
    assert tmp_path.is_dir()


def test_what_is_in_it_counts(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "file").write_bytes(b"x" * (3 << 20))
    assert folders.too_full(str(folder), [], 2)
    assert not folders.too_full(str(folder), [], 4)


def test_a_file_without_a_name_counts_as_long_as_it_is_open(folder: Path) -> None:
    with open("gone", "wb") as file:
        os.unlink("gone")
        file.write(b"x" * (3 << 20))
        file.flush()
        assert folders.too_full(str(folder), [os.getpid()], 2)
    assert not folders.too_full(str(folder), [os.getpid()], 2)


def test_names_count_though_their_files_are_empty(folder: Path) -> None:
    for n in range(300):
        (folder / str(n)).touch()
    assert folders.too_full(str(folder), [], 1)


def test_what_is_too_deep_to_look_through_is_too_full(folder: Path) -> None:
    nest(folder, 200)
    assert folders.too_full(str(folder), [], 1000)


def test_a_folder_that_cannot_be_listed_and_a_process_that_has_gone_count_nothing(folder: Path) -> None:
    (folder / "closed").mkdir(0)
    assert not folders.too_full(str(folder), [2**22 + 1], 1)


def test_another_mount_is_never_entered(folder: Path) -> None:
    """As root and without a sandbox, a program can bind the whole machine into its folder."""
    outside = folder.parent / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "kept").write_text("kept")
    (folder / "below" / "here").mkdir(parents=True)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            linux.unshare(Clone.NEWNS if os.geteuid() == 0 else Clone.NEWNS | Clone.NEWUSER)
            linux.mount(None, "/", None, Mount.REC | Mount.PRIVATE)
            linux.mount(str(outside), str(folder / "below" / "here"), None, Mount.BIND)
            before = outside.stat().st_mode
            folders.remove(str(folder))
            code = (
                0
                if (outside / "kept").exists() and (outside / "deep").exists() and outside.stat().st_mode == before
                else 2
            )
        except OSError:
            code = 77
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == 77:
        pytest.skip("this machine gives no mounts")
    assert code == 0


def test_a_link_that_is_put_in_the_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    """Chmod would follow it, as root to anywhere."""
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    outside.chmod(0o755)
    (tmp_path / "link").symlink_to(outside)
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    with pytest.raises(OSError, match=r"Not a directory|symbolic"):
        folders._open_up("link", fd)
    os.close(fd)
    assert outside.stat().st_mode & 0o777 == 0o755
