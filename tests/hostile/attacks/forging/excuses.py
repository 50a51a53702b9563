# /// attack
# title = "Replies that the grader is at fault, or nothing that a reply could be, so that the check would not count"
# ///

# %%
kernel = get_ipython().kernel
ERROR = {"kind": "raised", "name": "", "type": "GraderFault", "message": "the grader's fault", "lines": [], "names": []}
EXCUSES = [
    {"ok": False, "error": {**ERROR, "kind": "fault"}},
    {"ok": False, "error": ERROR, "outcome": "faulted", "status": "faulted"},
    {"ok": False},
    {},
    {"ok": True},
    {"ok": True, "value": {"k": "handle", "id": 1, "type": "GraderFault", "repr": "", "why": "fault"}},
    {"ok": True, "value": None, "figures": 10**9},
    {"ok": True, "value": {"k": "array", "dtype": "object", "shape": [2**40], "b": 0}},
    {"ok": True, "value": {"k": "list", "v": [[]] * 100_000}},
    {"engine_fault": "the judge broke"},
]
turn = iter(range(10**6))


async def excusing(stream, ident, parent):
    content = EXCUSES[next(turn) % len(EXCUSES)]
    kernel.session.send(stream, "gradetape_reply", content, parent, ident=ident, buffers=[b"x"])


# %%
print("TRIED to be excused")
kernel.shell_handlers["gradetape_request"] = excusing
