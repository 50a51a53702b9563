# /// attack
# title = "Warns, logs, displays and writes to every stream that a notebook has"
# ///

# %%
import logging
import sys
import warnings

from IPython.display import HTML, Javascript, Markdown, display, publish_display_data

print("TRIED every stream")
NASTY = "<script>alert('CANARY')</script>\x1b]52;c;eA==\x07\u202e\n::error::x"
warnings.warn_explicit(NASTY, type(NASTY, (UserWarning,), {}), NASTY, 1)
logging.getLogger(NASTY).error(NASTY)
print(NASTY, file=sys.stderr)
print(NASTY, file=sys.__stdout__)
display(HTML(NASTY), Javascript("alert('CANARY')"), Markdown(NASTY))
publish_display_data({"text/html": NASTY, "application/javascript": "alert('CANARY')", "text/plain": NASTY})
get_ipython().set_next_input(NASTY)


# %%
class Rich:
    def _repr_html_(self):
        return NASTY

    def _repr_svg_(self):
        return "<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('CANARY')\"/>"

    def __repr__(self):
        return NASTY


Rich()


# %%
def rank_of(value):
    warnings.warn(NASTY)
    return Rich()
