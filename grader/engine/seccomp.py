"""System calls that no exercise needs, refused: a classic BPF deny list, written by hand."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from grader.engine import linux

_DENIED = {  # name: (x86_64, aarch64); None where the machine has no such call
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_tree_attr": (467, 467), "setns": (308, 268), "unshare": (272, 97),
    "bpf": (321, 280), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60), "quotactl_fd": (443, 443), "acct": (163, 89),
    "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "lookup_dcookie": (212, 18),
    "settimeofday": (164, 170), "adjtimex": (159, 171), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58), "fanotify_init": (300, 262),
    "move_pages": (279, 239), "migrate_pages": (256, 238), "memfd_secret": (447, 447), "personality": (135, 92),
    "uselib": (134, None), "ustat": (136, None), "sysfs": (139, None), "nfsservctl": (180, 42),
    "_sysctl": (156, None), "modify_ldt": (154, None),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET, _IOCTL = (56, 220), (435, 435), (41, 198), (16, 29)
_ARCHES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x50000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENT_0, _ARGUMENT_1 = 0, 4, 16, 24  # offsets in struct seccomp_data
_X32_BIT = 0x40000000
_AF_UNIX = 1
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C

_NEW_NAMESPACES = (
    linux.Clone.NEWNS | linux.Clone.NEWCGROUP | linux.Clone.NEWUTS | linux.Clone.NEWIPC
    | linux.Clone.NEWUSER | linux.Clone.NEWPID | linux.Clone.NEWNET
)  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def program() -> bytes:
    """The filter as BPF instructions. Raises OSError on a machine without a table of system calls."""
    if platform.machine() not in _ARCHES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}")
    column, arch = _ARCHES[platform.machine()]
    steps = [(_LOAD, 0, 0, _ARCH), (_EQUAL, 1, 0, arch), _return(_KILL), (_LOAD, 0, 0, _NUMBER)]
    if platform.machine() == "x86_64":
        steps += [(_AT_LEAST, 0, 1, _X32_BIT), _return(_REFUSE | errno.ENOSYS)]
    for number in sorted(n for pair in _DENIED.values() if (n := pair[column]) is not None):
        steps += [(_EQUAL, 0, 1, number), _return(_REFUSE | errno.EPERM)]
    # clone3 hides its flags behind a pointer; without it the C library falls back to clone
    steps += [(_EQUAL, 0, 1, _CLONE3[column]), _return(_REFUSE | errno.ENOSYS)]
    steps += _on(_CLONE[column], _ARGUMENT_0, [(_ANY_BIT, 0, 1, int(_NEW_NAMESPACES)), _return(_REFUSE | errno.EPERM)])
    steps += _on(_SOCKET[column], _ARGUMENT_0, [(_EQUAL, 1, 0, _AF_UNIX), _return(_REFUSE | errno.EAFNOSUPPORT)])
    steps += _on(
        _IOCTL[column],
        _ARGUMENT_1,
        [(_EQUAL, 1, 0, _TIOCSTI), (_EQUAL, 0, 1, _TIOCLINUX), _return(_REFUSE | errno.EPERM)],
    )
    return b"".join(struct.pack("HBBI", *step) for step in [*steps, _return(_ALLOW)])


def _return(value: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, value)


def _on(number: int, argument: int, steps: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """``steps`` on one argument of one call, which is allowed where they do not return."""
    inner = [(_LOAD, 0, 0, argument), *steps, _return(_ALLOW)]
    return [(_EQUAL, 0, len(inner), number), *inner]


def apply(code: bytes) -> None:
    """Confines every thread of this process. Needs no_new_privs. Raises OSError."""
    buffer = ctypes.create_string_buffer(code, len(code))
    filter_ = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    set_mode_filter, all_threads = 1, 1
    linux.syscall(linux.number_of(317, 277), set_mode_filter, all_threads, ctypes.byref(filter_))
