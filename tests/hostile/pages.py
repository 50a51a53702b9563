"""What a page did in a real browser besides being shown: scripts, dialogs, requests, navigations, complaints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from reports.class_page import own_script
from tests.reports.browser import Browser, Page

CANARY = "CANARY"
# Runs before anything of the page: whoever gets to run a script calls one of these, or leaves a mark.
_WATCH = """
window.__ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'fetch', 'open', 'eval', 'print'])
  window[name] = (...args) => { window.__ran.push(name + ' ' + args.join(' ')); };
document.addEventListener('securitypolicyviolation', e => window.__ran.push('refused ' + e.blockedURI), true);
"""
_STATE = """(() => {
  for (const d of document.querySelectorAll('details')) d.open = true;
  const handlers = [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())
    .filter(n => /^on/i.test(n));
  const outside = [...document.querySelectorAll('[href],[src],[action],[data],[srcset],[formaction]')]
    .flatMap(e => ['href', 'src', 'action', 'data', 'srcset', 'formaction'].map(n => e.getAttribute(n)))
    .filter(v => v && /^\\s*(?:[a-z][a-z0-9+.-]*:|\\/\\/)/i.test(v) && !/^data:image\\/svg\\+xml,%3Csvg xmlns=/.test(v));
  const scripts = [...document.scripts].map(s => s.id === 'data' && s.type === 'application/json' ? s.id : s.textContent);
  return {ran: window.__ran, handlers, scripts, outside, title: document.title,
    frames: window.frames.length,
    foreign: document.querySelectorAll('iframe,object,embed,form,input:not(#search),base,video,audio,img,style ~ style,link:not([rel=icon])').length,
    wide: document.documentElement.scrollWidth > window.innerWidth,
    shown: !!document.querySelector('main') && getComputedStyle(document.body).display !== 'none'};
})()"""


def misdeeds(browser: Browser, path: Path, *, width: int = 800) -> list[str]:
    """Opens a page with everything unfolded -> all that it did and holds that a report must not."""
    address = path.absolute().as_uri()
    with browser.open(path, width=width, before=_WATCH) as page:
        try:
            state = page.evaluate(_STATE)
            page.evaluate("document.querySelectorAll('[tabindex], a, summary').forEach(e => e.focus())")
        except RuntimeError as gone:  # it went elsewhere while it was asked
            state = None
            found = [f"the page cannot be asked: {gone}"]
        else:
            found = []
        found += _seen(page, address)
    if state is None:
        return [*found, "the page went away"]
    return [
        *found,
        *state["ran"],
        *(f"handler {name}" for name in state["handlers"]),
        *(f"leads to {target[:80]}" for target in state["outside"]),
        *(["scripts that are not the page's own"] if Counter(state["scripts"]) - Counter(_own(path)) else []),
        *([f"{state['foreign']} foreign elements"] if state["foreign"] else []),
        *(["a frame"] if state["frames"] else []),
        *(["wider than the window"] if state["wide"] else []),
        *([] if state["shown"] else ["nothing is shown"]),
        *(["the title was changed"] if state["title"] == CANARY else []),
    ]


def _own(path: Path) -> tuple[str, ...]:
    """The class page has one script and its data; no other page has any."""
    return ("data", own_script()) if path.name == "index.html" else ()


def _seen(page: Page, address: str) -> Iterable[str]:
    yield from (f"console: {words}" for words in page.complaints())
    yield from (f"request: {url}" for url in page.requests() if url != address and not url.startswith("data:"))
    yield from (f"went to {url}" for url in page.visited() if url not in (address, "about:blank"))
    yield from (f"dialog: {words}" for words in page.dialogs())
