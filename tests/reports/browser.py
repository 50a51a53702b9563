"""Drives headless Chromium by its DevTools protocol over two pipes, so that no driver needs installing."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPAIR = "Chromium is missing, and this test looks at real pages: `make browser` installs it"
ANSWER_S = 60.0  # generous: another test run may share the machine
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--remote-debugging-pipe",
)


@dataclass
class Browser:
    """One running Chromium."""

    pid: int
    read: int
    write: int
    asked: int = 0
    rest: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The result of one command; events that come meanwhile are kept. Raises RuntimeError on an error or silence."""
        self.asked += 1
        message: dict[str, Any] = {"id": self.asked, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        _send(self.write, json.dumps(message).encode() + b"\0")
        while (reply := self._next()).get("id") != self.asked:
            self.events.append(reply)
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error']}")
        return dict(reply["result"])

    def wait_for(self, method: str, session: str) -> None:
        """Until an event has come."""
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + ANSWER_S
        while b"\0" not in self.rest:
            if not select.select([self.read], [], [], max(0.0, until - time.monotonic()))[0]:
                raise RuntimeError("Chromium does not answer")
            more = os.read(self.read, 1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended")
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        return dict(json.loads(message))

    @contextmanager
    def open(
        self,
        path: Path,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        media: str = "",
        before: str = "",
    ) -> Iterator[Page]:
        """A page in a tab of its own, as a device of that width shows it; the script ``before`` runs ahead of its own."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.ask(f"{domain}.enable", session)
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            session,
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", session, media=media, features=[scheme])
        if before:
            self.ask("Page.addScriptToEvaluateOnNewDocument", session, source=before)
        self.ask("Page.navigate", session, url=path.absolute().as_uri())
        self.wait_for("Page.loadEventFired", session)
        yield Page(self, session)
        self.ask("Target.closeTarget", targetId=target)


@dataclass
class Page:
    """What is open in one tab."""

    browser: Browser
    session: str

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; the page's own rules against scripts do not bind the tester."""
        return self.browser.ask("Runtime.evaluate", self.session, expression=expression, returnByValue=True)[
            "result"
        ].get("value")

    def screenshot(self, *, whole: bool = False) -> bytes:
        """A PNG of the window, or of the whole page."""
        made = self.browser.ask("Page.captureScreenshot", self.session, captureBeyondViewport=whole)
        return base64.b64decode(made["data"])

    def complaints(self) -> list[str]:
        """What stands in the console: errors, warnings, refused resources."""
        mine = [e for e in self.browser.events if e.get("sessionId") == self.session]
        logged = [e["params"]["entry"]["text"] for e in mine if e["method"] == "Log.entryAdded"]
        return logged + [
            str(e["params"]) for e in mine if e["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        ]

    def requests(self) -> list[str]:
        """Every address that was asked for."""
        mine = [e for e in self.browser.events if e.get("sessionId") == self.session]
        return [e["params"]["request"]["url"] for e in mine if e["method"] == "Network.requestWillBeSent"]

    def visited(self) -> list[str]:
        """Every address that the tab went to."""
        return [e["params"]["frame"]["url"] for e in self._mine("Page.frameNavigated")]

    def dialogs(self) -> list[str]:
        """The words of every box that came up."""
        return [e["params"]["message"] for e in self._mine("Page.javascriptDialogOpening")]

    def _mine(self, method: str) -> list[dict[str, Any]]:
        return [e for e in self.browser.events if e.get("sessionId") == self.session and e["method"] == method]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium with an empty profile; ended and cleaned up afterwards."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise RuntimeError(REPAIR)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        to_read, their_write = os.pipe()
        their_read, to_write = os.pipe()
        theirs = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (their_read, their_write)]
        actions = [(os.POSIX_SPAWN_DUP2, theirs[0], 3), (os.POSIX_SPAWN_DUP2, theirs[1], 4)]
        quiet = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in (1, 2)]
        argv = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        pid = os.posix_spawn(program, argv, os.environ, file_actions=[*actions, *quiet], setpgroup=0)
        for fd in (their_read, their_write, *theirs):
            os.close(fd)
        try:
            yield Browser(pid, to_read, to_write)
        finally:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(to_read)
            os.close(to_write)


def _send(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]
