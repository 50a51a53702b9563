# /// attack
# title = "Goes round the path: file handles, io_uring, mounts, a new root, new namespaces, set-uid programs"
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: no system call is refused"
# ///

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(name, *arguments):
    print("TRIED", name)
    ctypes.set_errno(0)
    result = libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result >= 0:
        print("BROKE", name, result)
    else:
        print(os.strerror(ctypes.get_errno()))
    return result


AT_FDCWD = -100
handle, mount_id = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(140), 144), ctypes.c_int()
call("name_to_handle_at", 303, AT_FDCWD, b"@CANARY_FILE@", handle, ctypes.byref(mount_id), 0)
call("open_by_handle_at", 304, os.open("/", os.O_PATH), handle, 0)
call("io_uring_setup", 425, 4, ctypes.create_string_buffer(240))
call("fanotify_init", 300, 0, 0)
call("inotify_init1", 294, 0)

# %%
for flags in (0x10000000, 0x10020000, 0x20000, 0x40000000):
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(ctypes.c_int(flags)) == 0 else 1)
    print("TRIED unshare", hex(flags))
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        print("BROKE has new namespaces", hex(flags))
    print("TRIED clone", hex(flags))
    child = libc.syscall(ctypes.c_long(56), ctypes.c_long(flags | 17), None, None, None, None)
    if child == 0:
        os._exit(0)
    if child > 0:
        print("BROKE cloned into new namespaces", hex(flags))
        os.waitpid(child, 0)

# %%
call("clone3", 435, ctypes.create_string_buffer(88), 88)
os.makedirs("here", exist_ok=True)
call("mount", 165, b"@WORLD@", b"here", None, 4096, None)
call("open_tree", 428, AT_FDCWD, b"@WORLD@", 1)
call("fsopen", 430, b"tmpfs", 0)
call("pivot_root", 155, b".", b".")
call("chroot", 161, b"here")
call("setns", 308, os.open("/proc/self/ns/mnt", os.O_RDONLY), 0)

# %%
import subprocess

for words in (["/bin/su", "-c", "cat @CANARY_FILE@"], ["/usr/bin/sudo", "-n", "cat", "@CANARY_FILE@"], ["/bin/mount", "--bind", "/", "here"], ["/bin/cat", "@CANARY_FILE@"]):
    print("TRIED", words)
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5)
        if "@SECRET@" in done.stdout or (words[0].endswith("mount") and done.returncode == 0):
            print("BROKE", words, done.stdout)
    except (OSError, subprocess.SubprocessError) as error:
        print(error)
