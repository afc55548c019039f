"""How much does each thing that is seen of a candidate count?

A weight is for all places or, with the name of their group before a colon ("town: population"), on top
of that for those of one group. What is seen of a place without a document has a score that never
changes; what is seen in the document is a row of numbers in the order of `CONTEXT`, and its weights lie
ready as rows in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from geoevents.errors import OptionError
from geoevents.resolution.measures import GROUPS
from geoevents.tables import read_rows, table_path

__all__ = ["CONTEXT", "FEATURES", "SETTING", "Rows", "Weights", "shipped_weights"]

# Of the place and its name.
STATIC = (
    "a candidate",
    "population",
    "known by many names",
    "main name",
    "largest of its name",
    "behind the largest of its name",
    "capital",
    "called like its country",
    "named for its city",
    "city of the division's name",
    "division of a city's name",
    "other marks",
    "without its article",
    "sounds alike",
    "an everyday word",
    "words of the name",
    "places of the name",
    "people or adjective",
    "short for its name",
    "without its noun",
    "inside the name",
    "share of the name",
    "first inside the name",
    "large place inside the name",
    "inside the name of a site",
    "a point in figures",
    "stands for a site in it",
    "said with the site",
    "named before the site",
    "leading town of the text",
    "doubtful itself",
    "the user's own place",
    "wanted country",
    "near the wanted point",
)
# Of the place among the other places of the document.
_COUNTRY = (
    "share in its country",
    "names in its country",
    "country is named",
    "the outlet's country",
    "names in the text",
)
_DIVISION = (
    "share in its division",
    "names in its division",
    "division is named",
    "the division of the outlet's home",
)
_PLACE = ("near other names", "named otherwise too")
_OUTLET = (
    "the outlet bears the name",
    "large place of the outlet's name",
    "the outlet's home",
    "near the outlet's home",
)
_CAPITAL = ("capital of a country of the text",)
_LISTED = ("listed with its like", "listed with what is unlike", "listed with its neighbors")
_COMPANY = (
    "names that could lie near",
    "share that could lie near",
    "share that could lie in its division",
)
_PARTS = (_COUNTRY, _DIVISION, _PLACE, _OUTLET, _CAPITAL, _LISTED, _COMPANY)
CONTEXT = tuple(feature for part in _PARTS for feature in part)
# Of the name where it stands.
SETTING = (
    "said to lie in it",
    "elsewhere said to lie in it",
    "said to lie elsewhere",
    "called an area",
    "another than the area",
    "kind fits",
    "another kind",
    "elsewhere this kind",
    "far from where it is said to lie",
)
FEATURES = (*STATIC, *CONTEXT, *SETTING)


class Rows(NamedTuple):
    """The weights of the context for one group of places.

    They are parted by what has the same value for all places of a country, or of a division, and by what
    one can tell at once that a document does not show.
    """

    country: tuple[float, ...]
    division: tuple[float, ...]
    place: tuple[float, ...]
    outlet: tuple[float, ...]
    capital: tuple[float, ...]
    listed: tuple[float, ...]
    company: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of each group of places: by feature, and those of the context as a row.

    Raises `OptionError` when a feature has no weight.
    """

    by_group: Mapping[str, Mapping[str, float]]
    context: Mapping[str, Rows]

    @classmethod
    def of(cls, by_feature: Mapping[str, float]) -> Weights:
        """Lay the weights out by group."""
        if missing := [feature for feature in FEATURES if feature not in by_feature]:
            raise OptionError(f"weights need a number for every feature, got none for {missing[0]!r}")
        by_group = {
            group: {f: by_feature[f] + by_feature.get(f"{group}: {f}", 0.0) for f in FEATURES}
            for group in GROUPS
        }
        context = {
            group: Rows(*(tuple(map(weights.__getitem__, part)) for part in _PARTS))
            for group, weights in by_group.items()
        }
        return cls(by_group, context)

    def score(self, seen: Mapping[str, float], group: str) -> float:
        """Return the log-odds of what was seen of a place of a group."""
        weights = self.by_group[group]
        return sum(map(float.__mul__, map(weights.__getitem__, seen), seen.values()))


@cache
def shipped_weights() -> Weights:
    """Return the weights of `data/resolution.csv`, fitted by `training/resolution.py`."""
    rows = read_rows(table_path("resolution.csv"))
    return Weights.of({row["feature"]: float(row["weight"]) for _, row in rows})
