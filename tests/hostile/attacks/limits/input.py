# /// attack
# title = "Asks for input for ever"
# says = ["Nobody is at the keyboard"]
# ///

# %%
print("TRIED input()")
input("your name? ")

# %%
import sys

print("TRIED the standard input")
print(repr(sys.stdin.read()))
print(repr(open(0, closefd=False).read()))
