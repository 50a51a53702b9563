# /// attack
# title = "Learns how its messages are numbered and signed, and sends forged replies to questions that were not asked yet"
# exercise = "matmul"
# ///

# %%
import re
import threading
import time

kernel = get_ipython().kernel
known = {}


def flood():
    """Replies to the next questions, whatever they will be."""
    for n in range(300):
        if known:
            stem, number = re.fullmatch(r"(.*_)(\d+)", known["id"]).groups()
            for ahead in range(1, 6):
                parent = {"header": {"msg_id": f"{stem}{int(number) + ahead}", "msg_type": "gradetape_request"}}
                content = {"ok": True, "value": True, "outcome": "passed", "figures": 10**6, "mutated": [], "same": 0}
                kernel.session.send(known["stream"], "gradetape_reply", content, parent, ident=known["ident"])
        time.sleep(0.002)


honest = kernel.answer_request


async def listening(stream, ident, parent):
    known.update(id=parent["header"]["msg_id"], stream=stream, ident=list(ident))
    await honest(stream, ident, parent)


# %%
print("TRIED to answer before it is asked")
kernel.shell_handlers["gradetape_request"] = listening
threading.Thread(target=flood, daemon=True).start()


def multiply_matrices(a, b):
    time.sleep(0.05)
    return None


dense_forward = product_shape = multiply_matrices
