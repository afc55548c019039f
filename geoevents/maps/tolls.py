"""How many came to harm in an event, by whose account, and do the accounts agree?

A text often gives several figures for one event, each with a speaker and, where it says so, with the
side that the counted were on. Two accounts differ where both count the same people and no number lies
in both of their intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from itertools import product
from typing import Any

from geoevents.maps.wording import clean, people

__all__ = ["HARMS", "Toll", "differing", "toll_words", "tolls"]

# Each harm with the column that holds its first figure.
HARMS = {
    "killed": "fatalities",
    "injured": "injured",
    "missing": "missing",
    "captured": "captured",
    "displaced": "displaced",
}
SIDES = {"actors": "on the attacking side", "targets": "on the attacked side", "civilians": "civilians"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One figure: the harm, the interval, the side that the counted were on, and whose figure it is."""

    harm: str
    figure: tuple[float | None, ...]
    side: str | None = None
    speaker: str | None = None

    @property
    def words(self) -> str:
        """The figure in words: "12+ civilians, says the mayor"."""
        counted = " ".join(part for part in (people(self.figure), SIDES.get(self.side or "")) if part)
        return f"{counted}, says {clean(self.speaker)}" if self.speaker else counted


def tolls(row: Mapping[str, Any]) -> list[Toll]:
    """Return the figures of an event in the order of the text, each account of a figure once."""
    found: list[Toll] = []
    for harm, column in HARMS.items():
        told = [_toll(count) for count in row.get("counts") or () if count.get("harm") == harm]
        if not told and row.get(column):
            told = [Toll(harm=harm, figure=tuple(row[column]))]
        found += dict.fromkeys(told)
    return found


def _toll(count: Mapping[str, Any]) -> Toll:
    return Toll(
        harm=count["harm"],
        figure=tuple(count["figure"]),
        side=count.get("side"),
        speaker=count.get("speaker"),
    )


def differing(row: Mapping[str, Any]) -> list[str]:
    """Return the harms of which two accounts of an event differ.

    Two people's figures for the same people do where they exclude each other. What the text says in its
    own name is an account as well; a speaker's second figure is news.

    >>> police = {"harm": "killed", "figure": [5, 5], "speaker": "police"}
    >>> differing({"counts": [police, {"harm": "killed", "figure": [9, None], "speaker": "residents"}]})
    ['killed']
    """
    told: dict[tuple[str, str | None], list[Toll]] = {}
    for toll in tolls(row):
        told.setdefault((toll.harm, toll.side), []).append(toll)
    return list(dict.fromkeys(harm for (harm, _), several in told.items() if _differ(several)))


def _differ(told: Sequence[Toll]) -> bool:
    """Say whether two speakers' intervals lie apart, without looking at each pair."""
    least: dict[str | None, float] = {}
    most: dict[str | None, float] = {}
    for toll in told:
        low, high = _ends(toll.figure)
        least[toll.speaker] = min(high, least.get(toll.speaker, math.inf))
        most[toll.speaker] = max(low, most.get(toll.speaker, -math.inf))
    # Where any two do, two of these do: the second is for a speaker who has both extremes.
    lowest, highest = nsmallest(2, least, key=least.__getitem__), nlargest(2, most, key=most.__getitem__)
    return any(least[a] < most[b] for a, b in product(lowest, highest) if a != b)


def _ends(figure: Sequence[float | None]) -> tuple[float, float]:
    return float(figure[0] or 0), math.inf if figure[1] is None else float(figure[1])


def toll_words(row: Mapping[str, Any], harms: Iterable[str] = HARMS) -> str:
    """Return the first figure of each harm: "12+ killed, 30 injured".

    >>> toll_words({"fatalities": [12, None], "injured": [30, 30]})
    '12+ killed, 30 injured'
    """
    return ", ".join(f"{people(row[HARMS[harm]])} {harm}" for harm in harms if row.get(HARMS[harm]))
