# /// attack
# title = "Reads grades of an earlier run: the data base and the report"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import sqlite3

print("TRIED the report")
try:
    print("BROKE", open("@CANARY_GRADES@").read())
except OSError as error:
    print(error)

# %%
for uri in ("file:@CANARY_STORE@?mode=ro", "file:@CANARY_STORE@?mode=ro&immutable=1"):
    print("TRIED", uri)
    try:
        print("BROKE", sqlite3.connect(uri, uri=True).execute("SELECT body FROM grade").fetchall())
    except sqlite3.Error as error:
        print(error)
