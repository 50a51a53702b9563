"""Lines of equal height through a grid, by marching squares (Maple, 2003), in units of the grid.

Every line runs with the higher side to its right (rows going down), so that the pieces of two neighbouring squares join end to start.
"""

from __future__ import annotations

from collections.abc import Iterator

Grid = list[list[float]]
Point = tuple[float, float]  # column, row
Edge = tuple[int, int, bool]  # column and row of its first corner, and whether it lies (else stands)

# Which sides (0 top, 1 right, 2 bottom, 3 left) a line enters and leaves by, for each set of high corners
# (8 top left, 4 top right, 2 bottom right, 1 bottom left). 5 and 10 are saddles, and depend on the middle.
_PIECES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 2),), 2: ((2, 1),), 3: ((3, 1),), 4: ((1, 0),), 6: ((2, 0),), 7: ((3, 0),), 8: ((0, 3),),
    9: ((0, 2),), 11: ((0, 1),), 12: ((1, 3),), 13: ((1, 2),), 14: ((2, 3),),
}  # fmt: skip
_SADDLES: dict[tuple[int, bool], tuple[tuple[int, int], ...]] = {
    (5, True): ((3, 0), (1, 2)),
    (5, False): ((3, 2), (1, 0)),
    (10, True): ((0, 1), (2, 3)),
    (10, False): ((0, 3), (2, 1)),
}


def lines(z: Grid, level: float) -> list[list[Point]]:
    """The lines where ``z`` equals ``level``; one that comes back to its start ends with its first point."""
    high = [[value >= level for value in row] for row in z]
    following = dict(piece for row in range(len(z) - 1) for piece in _row(z, high, row, level))
    ends = set(following.values())
    starts = [edge for edge in following if edge not in ends]
    found = []
    while following:
        edge = starts.pop() if starts else next(iter(following))
        path = [edge]
        while edge in following:
            edge = following.pop(edge)
            path.append(edge)
        found.append([_crossing(z, e, level) for e in path])
    return found


def regions(z: Grid, level: float) -> list[list[Point]]:
    """The borders of the places where ``z`` is at least ``level``, closed along the border of the grid."""
    low = level - 1.0
    wide = [low] * (len(z[0]) + 2)
    padded = [wide, *([low, *row, low] for row in z), wide]
    columns, rows = len(z[0]) - 1.0, len(z) - 1.0
    return [
        [(min(max(x - 1, 0.0), columns), min(max(y - 1, 0.0), rows)) for x, y in ring] for ring in lines(padded, level)
    ]


def _row(z: Grid, high: list[list[bool]], row: int, level: float) -> Iterator[tuple[Edge, Edge]]:
    top, bottom = high[row], high[row + 1]
    for column in range(len(top) - 1):
        corners = 8 * top[column] + 4 * top[column + 1] + 2 * bottom[column + 1] + bottom[column]
        if corners in (0, 15):
            continue
        sides = ((column, row, True), (column + 1, row, False), (column, row + 1, True), (column, row, False))
        yield from ((sides[a], sides[b]) for a, b in _PIECES.get(corners) or _saddle(z, column, row, corners, level))


def _saddle(z: Grid, column: int, row: int, corners: int, level: float) -> tuple[tuple[int, int], ...]:
    middle = (z[row][column] + z[row][column + 1] + z[row + 1][column + 1] + z[row + 1][column]) / 4
    return _SADDLES[corners, middle >= level]


def _crossing(z: Grid, edge: Edge, level: float) -> Point:
    column, row, lies = edge
    first = z[row][column]
    second = z[row][column + 1] if lies else z[row + 1][column]
    share = (level - first) / (second - first)
    return (column + share, float(row)) if lies else (float(column), row + share)
