# /// attack
# title = "Searches all of its own memory for the names of hidden checks and of named mistakes"
# ///

# %%
import re

# Written as patterns, so that the search does not find itself.
WANTED = re.compile(rb"rank_counts[_]axes|names_any[_]kind|counts_empty[_]axes|one_bracket[_]too_many|rank_of[_]linear")

# %%
print("TRIED to find the checks in memory")
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        span, rights, *_ = line.split()
        if not rights.startswith("rw") or "[v" in line:
            continue
        low, high = (int(n, 16) for n in span.split("-"))
        try:
            memory.seek(low)
            data = memory.read(min(high - low, 32 << 20))
        except (OSError, ValueError, OverflowError):
            continue
        for found in set(WANTED.findall(data)):
            print("BROKE found", found)
        del data
