# /// attack
# title = "Writes and overwrites the files in which results might stand, and its own submission"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: a program writes where its user may write, and this one would write outside of the test's own folders"
# ///

# %%
import json
import os

GRADE = json.dumps({"grade": {"slug": "rank", "status": "graded", "checks": []}, "points": 10, "score": 100})
NAMES = (
    "result.json", "results.json", "grades.json", "job.json", "timings.json", "rank.py", "submission.py", "grades.db",
    "../result.json", "../results/results.json", "/autograder/results/results.json", "@OUT@/grades.json", "@WORLD@/run/result.json",
)

# %%
print("TRIED to write its own grade")
for name in NAMES:
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "w") as file:
            file.write(GRADE)
    except OSError:
        continue
    if name.startswith("@"):
        print("BROKE wrote", name)
