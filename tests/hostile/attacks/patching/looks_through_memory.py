# /// attack
# title = "Searches all of its own memory for the names of hidden checks, sentences of hints and the course's folder"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# run = false
# ///

# %%
import re

WANTED = [b"rank_counts_" + b"axes", b"names_any_" + b"kind", b"counts_empty_" + b"axes", b"one_bracket_" + b"too_many"]
found = set()
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        span, rights, *_ = line.split()
        if not rights.startswith("rw") or "[v" in line:
            continue
        low, high = (int(n, 16) for n in span.split("-"))
        try:
            memory.seek(low)
            data = memory.read(min(high - low, 64 << 20))
        except (OSError, ValueError, OverflowError):
            continue
        found.update(w for w in WANTED if data.count(w) > 0)
print("TRIED to find the checks in memory")
mine = {b"rank_counts_axes"} & found
