# /// attack
# title = "Leaves in every way there is"
# says = ["Your program ended its own process", "os._exit()"]
# ///

# %%
print("TRIED sys.exit")
import sys

sys.exit(0)

# %%
print("TRIED quit and exit")
quit()

# %%
raise SystemExit("all passed")

# %%
get_ipython().ask_exit()

# %%
import os

os._exit(0)

# %%
os.abort()

# %%
os.execv("/bin/true", ["true"])
