# /// attack
# title = "Deletes, closes or renames its own folder, and nests folders deeper than anyone can walk"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a folder that was renamed stays behind"
# ///

# %%
import os

print("TRIED to make a folder that nobody can list, with a file in it")
os.makedirs("closed/inner", exist_ok=True)
open("closed/inner/file", "w").write("x")
os.chmod("closed/inner", 0)
os.chmod("closed", 0)
os.mkdir("born closed", 0)

# %%
print("TRIED to nest 3,000 folders")
here = os.open(".", os.O_RDONLY)
for _ in range(3000):
    try:
        os.mkdir("d")
        os.chdir("d")
    except OSError as error:
        print(error)
        break
os.fchdir(here)

# %%
print("TRIED names that are no text")
for name in (b"\xff\xfe", b"a\nb", b"-rf", b"*", b"x" * 255):
    open(name, "wb").close()

# %%
print("TRIED to rename my folder")
try:
    where = os.getcwd()
    os.rename(where, where + "@MARK@")
    print("BROKE it has another name now, and nobody will find it")
except OSError as error:
    print(error)

# %%
print("TRIED to delete my folder")
import shutil

shutil.rmtree(os.getcwd(), ignore_errors=True)
try:
    os.rmdir(os.getcwd())
except OSError as error:
    print(error)
