"""Renders pages: templates with loops and ifs only, everything escaped, nothing undefined."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.plain import clean


class Pages:
    """The templates, compiled once for a whole class."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("reports"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, template: str, page: object) -> str:
        """The page as HTML; the template sees it as ``page``."""
        return self._templates.get_template(template).render(page=page)


def _shown(value: Any) -> Any:
    """Every value that a template shows passes here, so that no learner's text can skip the cleaning."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
