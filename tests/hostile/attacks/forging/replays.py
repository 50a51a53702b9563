# /// attack
# title = "Sends the reply to an earlier question again, and the reply to one question as that to another"
# exercise = "matmul"
# says = ["values differ."]
# ///

# %%
kernel = get_ipython().kernel
send, kept = kernel.session.send, []


def replaying(stream, kind, content=None, parent=None, **rest):
    if kind == "gradetape_reply":
        kept.append((content, rest.get("buffers")))
        content, rest["buffers"] = kept[0]
        for _ in range(3):
            send(stream, kind, content, parent, **rest)
    return send(stream, kind, content, parent, **rest)


# %%
print("TRIED to have one reply count many times")
kernel.session.send = replaying


def multiply_matrices(a, b):
    import numpy as np

    return np.zeros((2, 2))


dense_forward = product_shape = multiply_matrices
