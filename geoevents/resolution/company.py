"""In which part of the map could many names of a document lie together, whatever each is known for?

"Paris", "Henry County" and "Puryear" are known for other places, or for none; but one corner of Tennessee
has all three. A name says the more, the fewer places bear it: that one of forty lies somewhere is no
surprise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log, log1p

from geoevents.resolution.meanings import Meanings, Option, Reach
from geoevents.resolution.readings import Fit

__all__ = ["Company", "company_of", "reach_of"]

# Over how many cells of two degrees with those around them, and divisions, the homonyms of news are spread.
# Estimates; what they are worth is learned.
_CELLS, _DIVISIONS = 30.0, 40.0
_GROUPS = frozenset({"town", "county", "site"})
_FITS = frozenset({Fit.NAME, Fit.SHORTENED, Fit.STRIPPED})
_KNOWN, _OF_KNOWN = 0.95, 0.25  # What is so likely one place votes already; `chance` is of the likeliest.
_ONE = 1.0  # What a single name says is no company yet: Geneva and Frankfurt lie near Chicago too.
_FEW = 1.0  # A share of what one or two names say is none to speak of.
_MOST = 2.5  # Past this, in logarithms, more names say no more.


def reach_of(options: Iterable[Option], chance: float) -> Reach:
    """Return where the places of a name lie, and how much it says that one of them lies somewhere."""
    cells: dict[int, None] = {}
    divisions: dict[str, None] = {}
    own: set[int | None] = set()
    for option in options:
        if option.group not in _GROUPS or option.reading.fit not in _FITS:
            continue
        own.add(option.cell)
        cells.update(dict.fromkeys(option.cells))
        if option.division is not None:
            divisions[option.division] = None
    part = _OF_KNOWN if chance > _KNOWN else 1.0
    near = part * max(0.0, log(_CELLS / len(own))) if own else 0.0
    inside = part * max(0.0, log(_DIVISIONS / len(divisions))) if divisions else 0.0
    return Reach(tuple(cells) if near else (), tuple(divisions) if inside else (), near, inside)


@dataclass(slots=True)
class Company:
    """How much the names of a document say together of each cell and division, and of all."""

    tally: defaultdict[int | str, float] = field(default_factory=lambda: defaultdict(float))
    near: float = 0.0
    inside: float = 0.0

    def add(self, reach: Reach) -> None:
        """Let a name say where it could lie."""
        tally, near, inside = self.tally, reach.near, reach.inside
        self.near += near
        self.inside += inside
        for cell in reach.cells:
            tally[cell] += near
        for division in reach.divisions:
            tally[division] += inside

    def of(self, option: Option, own: Reach) -> tuple[float, float, float]:
        """Return how much the other names say near a place, and what share of all they say, there and in its division.

        `own` is what its own name said.
        """
        if option.cell is None or not own.cells:
            return (0.0, 0.0, 0.0)
        near = max(0.0, self.tally.get(option.cell, 0.0) - own.near - _ONE)
        inside = max(0.0, self.tally.get(option.division or "", 0.0) - own.inside - _ONE)
        return (
            min(_MOST, log1p(near)),
            near / (self.near - own.near + _FEW),
            inside / (self.inside - own.inside + _FEW),
        )

    def weigh(self, option: Option, own: Reach) -> float:
        """Return what `of` shows, weighed: the same sum, at once where it shows nothing."""
        if option.cell is None or not own.cells:
            return 0.0
        near = self.tally.get(option.cell, 0.0) - own.near - _ONE
        inside = self.tally.get(option.division or "", 0.0) - own.inside - _ONE
        much, share, share_inside = option.rows.company
        score = 0.0
        if near > _NOTHING:
            score = much * min(_MOST, log1p(near)) + share * near / (self.near - own.near + _FEW)
        if inside > _NOTHING:
            score += share_inside * inside / (self.inside - own.inside + _FEW)
        return score

    def is_near(self, option: Option, own: Reach) -> bool:
        """Say whether much of what the other names say is said near a place."""
        if option.cell is None or not own.cells:
            return False
        near = self.tally.get(option.cell, 0.0) - own.near
        return near >= _MUCH and near >= _MOSTLY * (self.near - own.near)


_MUCH, _MOSTLY = 2.0, 0.5
_NOTHING = 1e-6  # what is left of sums that were taken out


def company_of(meanings: Iterable[Meanings]) -> Company:
    """Return what the names of a document say together."""
    company = Company()
    for one in meanings:
        if one.reach.cells or one.reach.divisions:
            company.add(one.reach)
    return company
