# /// attack
# title = "Sends unsigned, cut, oversized and senseless messages over its own channels"
# says = ["sent messages that cannot be read"]
# ///

# %%
kernel = get_ipython().kernel
shell = kernel.shell_stream if hasattr(kernel, "shell_stream") else kernel.shell_streams[0]
known = []
honest = kernel.answer_request


async def listening(stream, ident, parent):
    known[:] = ident
    for parts in (
        [b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b'{"ok": true, "value": 2}'],
        [b"no delimiter", b"{}"],
        [b"<IDS|MSG>", b""],
        [b"<IDS|MSG>", b"0" * 64, b"[" * 100_000, b"\xff", b"null", b'"text"'],
        [b"<IDS|MSG>"] + [b"x"] * 2000,
    ):
        stream.socket.send_multipart([*ident, *parts])
    await honest(stream, ident, parent)


# %%
print("TRIED to break whoever reads its messages")
kernel.shell_handlers["gradetape_request"] = listening
rank_of = kind_of = make_scalar = lambda *args: None
