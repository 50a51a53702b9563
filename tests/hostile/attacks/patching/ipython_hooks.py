# /// attack
# title = "Hooks into IPython: transformers of cells, events, custom exceptions, the user's namespace, the kernel's handlers"
# ///

# %%
import ast

shell = get_ipython()
kernel = shell.kernel


class Passing(dict):
    def __getitem__(self, name):
        return lambda *args, **kwargs: True

    get = __getitem__


async def handler(stream, ident, parent):
    content = {"ok": True, "value": True, "outcome": "passed", "points": 2, "status": "ok"}
    kernel.session.send(stream, "gradetape_reply", content, parent, ident=ident)


class Rewriting(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()


# %%
print("TRIED to sit between the kernel and whoever asks it")
shell.input_transformers_post.append(lambda lines: ["passed = True\n"])
shell.ast_transformers.append(Rewriting())
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: None)
for event in ("pre_execute", "post_execute", "pre_run_cell", "post_run_cell"):
    shell.events.register(event, lambda *args: None)
kernel.shell_handlers = Passing({name: handler for name in ("gradetape_request", "execute_request", "grade")})
kernel.shell_handlers["gradetape_request"] = handler
kernel.msg_types = ["gradetape_request"]
dict.__setitem__(kernel.shell_handlers, "gradetape_request", handler)
