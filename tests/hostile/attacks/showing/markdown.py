# /// attack
# title = "Prints Markdown, LaTeX and wiki text with links, images and scripts in them"
# ///

# %%
print("TRIED to be rendered")
MARKUP = """
# You passed
[click](javascript:alert('CANARY')) ![](http://canary.invalid/x.png) <http://canary.invalid/>
```
</code></pre><script>alert('CANARY')</script>
| points | 100 |
|---|---|
$\\href{javascript:alert('CANARY')}{x}$ $$\\unicode{x3c}script$$ \\input{/etc/passwd}
[bold red]rich[/] [link=http://canary.invalid/]markup[/link] [@click=app.bell]x[/]
"""
print(MARKUP)


# %%
def rank_of(value):
    return MARKUP


def kind_of(value):
    raise ValueError(MARKUP)
