"""placeholder"""


def apply() -> None:
    """Nothing yet."""
