"""What may a name mean, and how likely is each place?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geoevents.model import Place
from geoevents.resolution.readings import Reading
from geoevents.resolution.weights import Rows

__all__ = ["Likely", "Meanings", "Option", "Reach", "Region", "chances_of", "likely_of"]

_LEAST = 0.03  # What is less likely says nothing of where the document points.
_ALONE = 1.0 - _LEAST  # beside this, nothing else is likely enough
_NO_ROWS = Rows((), (), (), (), (), (), ())


@dataclass(slots=True, eq=False)
class Option:
    """A candidate place of a name, made once and shared by all documents: nobody changes it.

    `base` is the score of what was `seen` without a document, `rows` the weights of what a document shows.
    `reading` is how the name led to the place. `division` is the key of its first-order division, `cell`
    the number of the cell that it lies in (`None` for wide areas), `cells` that and those around. What a
    document says of an area is the same for all places of a group in it: `in_country` and `in_division`
    are the keys of that. `size` is the logarithm of its people, 0 for ten thousand. `words` are the first
    and the last reason for it, worked out when they are first asked for.
    """

    place: Place
    id: str
    reading: Reading
    group: str
    size: float
    seen: dict[str, float]
    country: str | None
    division: str | None
    in_country: str
    in_division: str
    cells: tuple[int, ...]
    cell: int | None
    base: float = 0.0
    rows: Rows = _NO_ROWS
    is_capital: bool = False
    words: tuple[str, str] | None = None

    @property
    def noun(self) -> str | None:
        """What the name itself calls the place ("Twp.")."""
        return self.reading.noun


class Reach(NamedTuple):
    """Where the places of a name lie: the cells around them, their divisions.

    `near` and `inside` say how much it says that one of them lies in some cell, or in some division: the
    less, the more places bear the name.
    """

    cells: tuple[int, ...] = ()
    divisions: tuple[str, ...] = ()
    near: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class Meanings:
    """The options of a name, the likeliest first, and how likely each is without a document.

    The `foremost` are those that the country of a document could make the likeliest. `is_sure` says that
    no document is likely to change what the name means, `has_noun` whether the name itself says what some
    option is, `has_division` whether some option is a division. `reach` is where they lie.
    """

    options: tuple[Option, ...]
    scores: tuple[float, ...]
    chances: tuple[float, ...]
    likely: tuple[tuple[Option, float], ...]
    foremost: int
    is_sure: bool
    has_noun: bool
    has_division: bool
    reach: Reach


@dataclass(frozen=True, slots=True)
class Region:
    """What a name means as a place that contains others: codes of countries, keys of divisions, counties.

    A county is the key of its division and the cells around its point.
    """

    areas: frozenset[str]
    counties: tuple[tuple[str, frozenset[int]], ...] = ()

    def holds(self, option: Option) -> bool:
        """Say whether a place lies in the region, and is not the region itself."""
        if option.group == "country":
            return False
        if option.country in self.areas:
            return True
        if option.group != "division" and option.division in self.areas:
            return True
        return any(option.division == key and option.cell in cells for key, cells in self.counties)


Likely = Sequence[tuple[Option, float]]


def chances_of(scores: Sequence[float]) -> list[float]:
    """Return the probabilities of scores against one another and against none of them, which scores 0.

    >>> chances_of([0.0])
    [0.5]
    """
    top = max(scores, default=0.0)
    top = max(top, 0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(-top)
    return [power / total for power in powers]


def likely_of(options: Sequence[Option], chances: Sequence[float]) -> Likely:
    """Return the options that are likely enough to say where the document points, with their chances."""
    if max(chances, default=0.0) >= _ALONE:
        at = max(range(len(chances)), key=chances.__getitem__)
        return ((options[at], chances[at]),)
    return tuple(
        (option, chance) for option, chance in zip(options, chances, strict=True) if chance >= _LEAST
    )
