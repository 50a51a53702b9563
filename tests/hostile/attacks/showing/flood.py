# /// attack
# title = "Prints 200 MB, most of it in one line"
# ///

# %%
print("TRIED to flood")
MEGABYTE = "<b>\u202e\x1b[2J::error::" * 50_000
for _ in range(200):
    print(MEGABYTE, end="")
