# /// attack
# title = "Prints what is no text: lone halves of pairs, bytes that are no UTF-8, zero bytes, characters that do not exist"
# ///

# %%
import os
import sys

print("TRIED to print what no file can hold")
HALVES = "\ud800 \udfff \udc80 \ud83d" + "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff\ue000\x00\x00"
print(HALVES)
sys.stdout.write(bytes(range(256)).decode("latin-1"))
sys.stderr.write(b"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80".decode("utf-8", "surrogateescape"))
for fd in (1, 2):
    try:
        os.write(fd, b"\xff\xfe\xc0\x80\xed\xa0\x80 raw \x1b]0;owned\x07\n")
    except OSError as error:
        print(type(error).__name__)


# %%
def rank_of(value):
    return HALVES


def kind_of(value):
    raise LookupError(HALVES)
