"""What a runner of GitHub does with the steps of a composite action, as far as ours needs it: variables, conditions, files."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_NAME = re.compile(r"\b(inputs|steps|runner|github)((?:\.[\w-]+)+)")


@dataclass
class Runner:
    """One job. ``log`` holds what each step that ran has printed; ``used`` what the actions of others were given."""

    folder: Path
    inputs: dict[str, str]
    variables: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)
    log: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    def run(self, action: dict[str, Any], *, without: tuple[str, ...] = ()) -> int:
        """All steps, until one fails; the exit code of the last that ran."""
        self.inputs = {n: i.get("default", "") for n, i in action["inputs"].items()} | self.inputs
        for step in action["runs"]["steps"]:
            if step.get("name") in without or not self._wanted(step.get("if", "true")):
                continue
            if "uses" in step:
                self.used[step["uses"]] = {k: self.filled(v) for k, v in step["with"].items()}
            elif code := self._bash(step):
                return code
        return 0

    def filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda m: str(self._value(m[1])), text)

    def _wanted(self, condition: str) -> bool:
        return bool(self._value(condition))

    def _value(self, expression: str) -> Any:
        named = _NAME.sub(lambda m: repr(self._look_up(m[1], m[2][1:])), expression)
        return eval(named.replace("&&", "and").replace("||", "or"), {"true": True})

    def _look_up(self, root: str, name: str) -> str:
        if root == "inputs":
            return self.inputs[name]
        if root == "steps":
            return self.outputs.get(name.rsplit(".", maxsplit=1)[-1], "")
        return self.variables[f"{root}.{name}"]

    def _bash(self, step: dict[str, Any]) -> int:
        """As the runner starts ``shell: bash``."""
        script, output = self.folder / "step.sh", self.folder / "output"
        script.write_text(step["run"])
        output.write_text("")
        own = {name: self.filled(value) for name, value in step.get("env", {}).items()}
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_REPOSITORY": "course-2026/hw1-ada",
            "RUNNER_TEMP": str(self.folder / "temp"),
            **{name: value for name, value in self.variables.items() if "." not in name},
            **own,
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace, env=given, capture_output=True, text=True, check=False, timeout=200,
        )  # fmt: skip
        self.outputs.update(line.split("=", 1) for line in output.read_text().splitlines())
        self.log[step["name"]] = done.stdout + done.stderr
        return done.returncode


def commands_in(log: str) -> list[str]:
    """What the runner would take for commands: nothing between stop-commands and its token."""
    found, token = [], None
    for line in log.splitlines():
        if token is not None:
            token = None if line.strip() == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif re.match(r"\s*::|##\[", line):
            found.append(line)
    return found
