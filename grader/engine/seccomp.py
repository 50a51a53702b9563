"""System calls that no exercise needs, refused: a classic BPF deny list, written by hand.

libseccomp's Python binding (pyseccomp) was looked at: it wants the C library installed, which a learner's machine and a bare
container lack, and saves us only `_on` below. The list itself, which is the part that can be wrong, would be ours anyway.
bubblewrap takes a filter made elsewhere. A deny list rather than an allow list, since TensorFlow, NumPy and the C library
change what they call from release to release, and a refusal there looks like a learner's mistake; what is denied is
whatever reaches other processes, other files, or machinery of the system that a program could be attacked through.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import signal
import struct

from grader.engine import linux

_Step = tuple[int, int, int, int]

_DENIED = {  # name: (x86_64, aarch64); None where the machine has no such call
    # other processes, and their share of the machine
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "move_pages": (279, 239), "migrate_pages": (256, 238),
    "sched_setattr": (314, 274), "ioprio_set": (251, 30),
    # memory and messages that outlive a program, or are charged to nobody
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "mq_timedsend": (242, 182), "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184), "mq_getsetattr": (245, 185), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # namespaces, mounts, and ways to a file that go round its path
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_tree_attr": (467, 467), "setns": (308, 268), "unshare": (272, 97),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "lookup_dcookie": (212, 18),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262),
    # sockets but the kernel's own, which are open already
    "connect": (42, 203), "bind": (49, 200),
    # the system itself
    "bpf": (321, 280), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60), "quotactl_fd": (443, 443), "acct": (163, 89),
    "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None),
    "settimeofday": (164, 170), "adjtimex": (159, 171), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58), "personality": (135, 92),
    "uselib": (134, None), "ustat": (136, None), "sysfs": (139, None), "nfsservctl": (180, 42),
    "_sysctl": (156, None), "modify_ldt": (154, None),
}  # fmt: skip
_OF_OWNERS = {  # Landlock knows paths to open, but not these: whoever owns a file may call them on it
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET, _SOCKETPAIR, _IOCTL = (56, 220), (435, 435), (41, 198), (53, 199), (16, 29)
_PRCTL, _PRLIMIT, _SETPRIORITY, _SETAFFINITY = (157, 167), (302, 261), (141, 140), (203, 122)
_SETSID, _SETPGID = (112, 157), (109, 154)
_FCNTL, _SIGACTION, _SETPARAM, _SETSCHEDULER = (72, 25), (13, 134), (142, 118), (144, 119)
_ARCHES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x50000, 0x7FFF0000
_PRETEND = _REFUSE  # an error number of 0: the call does nothing and says that all is well
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH = 0, 4  # offsets in struct seccomp_data
_ARGUMENT_0, _ARGUMENT_1, _ARGUMENT_1_HIGH = 16, 24, 28
_X32_BIT = 0x40000000
_AF_UNIX, _STREAM, _SEQPACKET = 1, 1, 5
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_SETLEASE, _NOTIFY = 1024, 1026
_CLONE_PARENT = 0x8000  # makes a sibling, which nobody's clock would count
_VFORK_OF_THREAD = 0x4000 | 0x10000  # CLONE_VFORK, CLONE_THREAD
_NOT_ITS_OWN_TO_SET = (linux.PR_SET_DUMPABLE, linux.PR_SET_CHILD_SUBREAPER, linux.PR_SCHED_CORE)

_NEW_NAMESPACES = (
    linux.Clone.NEWNS | linux.Clone.NEWCGROUP | linux.Clone.NEWUTS | linux.Clone.NEWIPC
    | linux.Clone.NEWUSER | linux.Clone.NEWPID | linux.Clone.NEWNET
)  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def program() -> bytes:
    """The filter as BPF instructions. Raises OSError on a machine without a table of system calls."""
    column = _column()
    steps = [step for pair in _DENIED.values() for step in _answer(pair[column], _REFUSE | errno.EPERM)]
    # clone3 hides its flags behind a pointer; without it the C library falls back to clone
    steps += _answer(_CLONE3[column], _REFUSE | errno.ENOSYS)
    # a kernel's sockets are open already: no other, so that none leads to a path or an abstract name either
    steps += _answer(_SOCKET[column], _REFUSE | errno.EAFNOSUPPORT)
    # ZeroMQ sets the ordinary schedule in each of its threads, and aborts where it may not
    # all of a kernel stay one session and one group: killed by one signal, and one among equals to a scheduler that is fair
    # to sessions, where each process of a fork bomb would else be the equal of its supervisor
    pretended = (_SETPARAM, _SETSCHEDULER, _SETSID, _SETPGID)
    steps += [step for pair in pretended for step in _answer(pair[column], _PRETEND)]
    for pair, inner in _BY_ARGUMENT:
        steps += _on(pair[column], inner)
    return _assembled(steps)


def of_owners() -> bytes:
    """A second filter, for Landlock alone: modes, owners, times and attributes of files stay as they are.

    Whoever copies a file in a folder of their own asks for these, too, and shall not fail: the calls pretend.
    """
    column = _column()
    return _assembled([step for pair in _OF_OWNERS.values() for step in _answer(pair[column], _PRETEND)])


def _column() -> int:
    if platform.machine() not in _ARCHES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}")
    return _ARCHES[platform.machine()][0]


def _assembled(steps: list[_Step]) -> bytes:
    _, arch = _ARCHES[platform.machine()]
    first = [(_LOAD, 0, 0, _ARCH), (_EQUAL, 1, 0, arch), _return(_KILL), (_LOAD, 0, 0, _NUMBER)]
    if platform.machine() == "x86_64":
        first += [(_AT_LEAST, 0, 1, _X32_BIT), _return(_REFUSE | errno.ENOSYS)]
    return b"".join(struct.pack("HBBI", *step) for step in [*first, *steps, _return(_ALLOW)])


def _return(value: int) -> _Step:
    return (_RETURN, 0, 0, value)


def _answer(number: int | None, value: int) -> list[_Step]:
    """One call, whatever its arguments."""
    return [] if number is None else [(_EQUAL, 0, 1, number), _return(value)]


def _on(number: int, steps: list[_Step]) -> list[_Step]:
    """``steps`` on the arguments of one call, which is allowed where they do not return."""
    return [(_EQUAL, 0, len(steps) + 1, number), *steps, _return(_ALLOW)]


def _refuse(number: int = errno.EPERM) -> _Step:
    return _return(_REFUSE | number)


def _none_of(values: tuple[int, ...], offset: int) -> list[_Step]:
    """Refused where the argument is one of ``values``."""
    steps: list[_Step] = [(_LOAD, 0, 0, offset)]
    for value in values:
        steps += [(_EQUAL, 0, 1, value), _refuse()]
    return steps


def _only(value: int, offset: int, number: int = errno.EPERM) -> list[_Step]:
    """Refused where the argument is another than ``value``."""
    return [(_LOAD, 0, 0, offset), (_EQUAL, 1, 0, value), _refuse(number)]


_BY_ARGUMENT: tuple[tuple[tuple[int, int], list[_Step]], ...] = (
    # a thread that waits for another by vfork looks as if it waited for a disk, which nobody is charged for
    (
        _CLONE,
        [
            (_LOAD, 0, 0, _ARGUMENT_0), (_ANY_BIT, 0, 1, int(_NEW_NAMESPACES) | _CLONE_PARENT), _refuse(),
            (_AND, 0, 0, _VFORK_OF_THREAD), (_EQUAL, 0, 1, _VFORK_OF_THREAD), _refuse(),
        ],
    ),
    # asyncio wants a pair that is connected; one of datagrams could still be sent anywhere
    (
        _SOCKETPAIR,
        [
            *_only(_AF_UNIX, _ARGUMENT_0, errno.EAFNOSUPPORT),
            (_LOAD, 0, 0, _ARGUMENT_1), (_AND, 0, 0, 0xF),
            (_EQUAL, 2, 0, _STREAM), (_EQUAL, 1, 0, _SEQPACKET), _refuse(errno.EPROTONOSUPPORT),
        ],
    ),
    # what terminals are asked, but nothing that types into them; devices and file systems are none of its business
    (
        _IOCTL,
        [
            *_none_of((_TIOCSTI, _TIOCLINUX), _ARGUMENT_1),
            (_AND, 0, 0, 0xFFFFFF00), (_EQUAL, 1, 0, 0x5400), _refuse(errno.ENOTTY),
        ],
    ),
    (_PRCTL, _none_of(_NOT_ITS_OWN_TO_SET, _ARGUMENT_0)),
    (_PRLIMIT, _only(0, _ARGUMENT_0)),  # 0 is the caller
    (_SETPRIORITY, [*_only(0, _ARGUMENT_0), *_only(0, _ARGUMENT_1)]),
    (_SETAFFINITY, _only(0, _ARGUMENT_0)),
    (_FCNTL, _none_of((_SETLEASE, _NOTIFY), _ARGUMENT_1)),
    # whoever ignores the end of children takes what they computed out of every account; asking is free
    (
        _SIGACTION,
        [
            (_LOAD, 0, 0, _ARGUMENT_0), (_EQUAL, 0, 5, int(signal.SIGCHLD)),
            (_LOAD, 0, 0, _ARGUMENT_1), (_EQUAL, 0, 2, 0),
            (_LOAD, 0, 0, _ARGUMENT_1_HIGH), (_EQUAL, 1, 0, 0), _return(_PRETEND),
        ],
    ),
)  # fmt: skip


def apply(code: bytes) -> None:
    """Confines every thread of this process. Needs no_new_privs. Raises OSError."""
    buffer = ctypes.create_string_buffer(code, len(code))
    filter_ = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    set_mode_filter, all_threads = 1, 1
    linux.syscall(linux.number_of(317, 277), set_mode_filter, all_threads, ctypes.byref(filter_))
