"""Elements of SVG as safe markup: names come from us, every value is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

from reports.plain import clean


def el(name: str, *children: str, **attributes: object) -> Markup:
    """``<name attributes>children</name>``; ``stroke_width`` becomes ``stroke-width``, ``class_`` ``class``.

    Children that are not `Markup` are words, and escaped.
    """
    written = "".join(f' {_hyphens(key)}="{escape(_value(value))}"' for key, value in attributes.items())
    inside = "".join(child if isinstance(child, Markup) else escape(clean(child)) for child in children)
    # Everything that is put together here was escaped in the two lines above.
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704


def _hyphens(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return px(value) if isinstance(value, float) else clean(str(value))


def px(value: float) -> str:
    """A coordinate with one decimal, which is finer than any screen shows here."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def picture(key: str, width: float, height: float, title: str, description: str, *drawn: Markup) -> Markup:
    """A whole SVG that says in words what it shows; ``key`` is unique on the page."""
    return el(
        "svg",
        el("title", title, id=f"{key}-title"),
        el("desc", description, id=f"{key}-desc"),
        *drawn,
        viewBox=f"0 0 {px(width)} {px(height)}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )
