# /// attack
# title = "Closes its own channels, so that no answer can come, and holds the question open"
# says = ["only waited"]
# ///

# %%
kernel = get_ipython().kernel


async def silent(stream, ident, parent):
    print("TRIED never to answer", flush=True)
    kernel.session.send = lambda *args, **kwargs: None


# %%
print("TRIED to leave the grader waiting")
kernel.shell_handlers["gradetape_request"] = silent
