# /// attack
# title = "Forges the source lines and file names that a traceback shows"
# ///

# %%
import linecache

print("TRIED to forge a traceback")
NASTY = "<script>alert('CANARY')</script>\x1b[2J\u202e::error::x"
FILE = "</pre><script>alert('CANARY')</script>.py"
linecache.cache[FILE] = (9, None, [f"{NASTY}\n"] * 9, FILE)
exec(compile("def rank_of(value):\n    return 1 / 0", FILE, "exec"), globals())


def kind_of(value):
    return "<script>alert('CANARY')</script>" / value  # <script>alert('CANARY')</script> ::error::x


# %%
rank_of(1)

# %%
def broken(:  # <img src=x onerror=alert('CANARY')>
