# /// attack
# title = "Answers with an object whose repr never ends, and with arrays whose reading never ends"
# says = ["of computing"]
# ///

# %%
class Endless:
    def __repr__(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass


# %%
print("TRIED to keep the reader busy for ever")
make_scalar = lambda: Endless()
