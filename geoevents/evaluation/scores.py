"""How well do the places found agree with those that annotators marked?

Recognition is scored over spans, resolution over points: an answer is right within 161 km (100
miles), the threshold that geoparsing has reported since J. Leidner, "Toponym Resolution in Text"
(2007). A gold name that nobody answered is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from geoevents.evaluation.gold import GoldDocument, GoldToponym
from geoevents.geodesy import distance_km
from geoevents.model import Place, PlaceKind, Resolution, Toponym
from geoevents.text import Span

__all__ = [
    "NEAR_KM",
    "Accuracy",
    "Counting",
    "Nearness",
    "Score",
    "SpanMatch",
    "error_curve_area",
    "error_km",
    "is_right",
    "match_spans",
    "pins_of",
    "score_end_to_end",
    "score_recognition",
    "score_resolution",
]

NEAR_KM = 161.0  # 100 miles, the field's threshold
# Half the earth's circumference, the largest error there is, as the publications below take it.
LARGEST_KM = 20_039.0
# What has an extent that a point says little of, and a GeoNames number of its own.
_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2})


class SpanMatch(StrEnum):
    """When a predicted span counts as a gold one: the same characters, or at least one in common."""

    EXACT = "exact"
    OVERLAP = "overlap"


class Nearness(StrEnum):
    """When an answer is right.

    `POINT`: within 161 km of the gold point. `AREA`: also where it is a country or division and
    has the GeoNames number of the gold place, because two gazetteers put the middle of a large area
    hundreds of kilometers apart.
    """

    POINT = "point"
    AREA = "area"


class Counting(StrEnum):
    """Which names and pins count, from raw text.

    Annotators gave some names no coordinates. `LOCATED`: recall is over the names that have some,
    and a pin on one that has none is wrong, as is a pin on no name. `ALL`: recall is over the
    others too, which nobody can get right. `JUDGED`: recall as in `LOCATED`, and a pin on a name
    without coordinates is left out, as nobody can say whether it is right.
    """

    LOCATED = "located"
    ALL = "all"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall from counts: how many were right, predicted, and in the gold.

    >>> score = Score(right=6, predicted=8, gold=12)
    >>> score.precision, score.recall, score.f1
    (0.75, 0.5, 0.6)
    """

    right: int
    predicted: int
    gold: int

    def __post_init__(self) -> None:
        if not 0 <= self.right <= min(self.predicted, self.gold):
            raise ValueError(
                f"right must be from 0 to {min(self.predicted, self.gold)!r}, got {self.right!r}"
            )

    @property
    def precision(self) -> float:
        """The share of the predictions that are right; 0 where there is none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How far the answers lie from the gold points, with the gold spans given.

    `gold` counts all names with a point, `answered` those that got one too, `near` those within
    161 km, `near_or_same` also those that name the gold area itself. Mean and median error are over
    the answered, `auc` is the area under the error curve over all names (see `error_curve_area`),
    `auc_answered` over the answered; each is `None` where there is none.
    """

    gold: int
    answered: int
    near: int
    near_or_same: int
    mean_km: float | None
    median_km: float | None
    auc: float | None
    auc_answered: float | None

    @property
    def share(self) -> float:
        """The share of all names that are within 161 km; an unanswered one counts as wrong."""
        return self.near / self.gold if self.gold else 0.0

    @property
    def share_or_same(self) -> float:
        """The share that are within 161 km or name the gold area itself."""
        return self.near_or_same / self.gold if self.gold else 0.0


def match_spans(
    gold: Sequence[Span], predicted: Sequence[Span], *, match: SpanMatch
) -> tuple[tuple[int, int], ...]:
    """Pair gold and predicted spans, each at most once, and return their index pairs in order.

    Both sequences are in order of span. Equal spans are paired first, then, for `OVERLAP`, what
    is left is paired from left to right.
    """
    place_of = {span: index for index, span in enumerate(predicted)}
    pairs = [(index, place_of.pop(span)) for index, span in enumerate(gold) if span in place_of]
    if match is SpanMatch.EXACT:
        return tuple(pairs)
    taken_gold, taken = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    free_gold = [index for index in range(len(gold)) if index not in taken_gold]
    free = [index for index in range(len(predicted)) if index not in taken]
    pairs += _overlaps(gold, predicted, free_gold, free)
    return tuple(sorted(pairs))


def _overlaps(
    gold: Sequence[Span], predicted: Sequence[Span], free_gold: list[int], free: list[int]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(free_gold) and j < len(free):
        left, right = gold[free_gold[i]], predicted[free[j]]
        if left.overlaps(right):
            pairs.append((free_gold[i], free[j]))
            i, j = i + 1, j + 1
        elif left.end <= right.start:
            i += 1
        else:
            j += 1
    return pairs


def score_recognition(
    gold: Sequence[GoldDocument], predicted: Sequence[Sequence[Toponym]], *, match: SpanMatch
) -> Score:
    """Score the spans found in each document against all the names that its annotators marked."""
    right = sum(
        len(match_spans([n.span for n in doc.toponyms], [t.span for t in found], match=match))
        for doc, found in zip(gold, predicted, strict=True)
    )
    return Score(
        right=right,
        predicted=sum(map(len, predicted)),
        gold=sum(len(doc.toponyms) for doc in gold),
    )


def score_resolution(gold: Sequence[GoldDocument], resolutions: Sequence[Sequence[Resolution]]) -> Accuracy:
    """Score the places given to gold spans: one resolution per gold name, in the same order.

    Names without a gold point are passed over. Raises `ValueError` when the numbers differ.
    """
    answers = [
        (name, resolution.place)
        for doc, found in zip(gold, resolutions, strict=True)
        for name, resolution in zip(doc.toponyms, found, strict=True)
        if name.point is not None
    ]
    errors = [error_km(name, place) for name, place in answers]
    answered = [error for error in errors if error is not None]
    return Accuracy(
        gold=len(errors),
        answered=len(answered),
        near=sum(is_right(name, place, Nearness.POINT) for name, place in answers),
        near_or_same=sum(is_right(name, place, Nearness.AREA) for name, place in answers),
        mean_km=fmean(answered) if answered else None,
        median_km=median(answered) if answered else None,
        auc=error_curve_area(LARGEST_KM if error is None else error for error in errors),
        auc_answered=error_curve_area(answered),
    )


def error_km(name: GoldToponym, place: Place | None) -> float | None:
    """Return how far an answer lies from the gold point, `None` where either is missing."""
    if place is None or name.point is None:
        return None
    return distance_km(place.point, name.point)


def is_right(name: GoldToponym, place: Place | None, nearness: Nearness) -> bool:
    """Say whether a place is the answer to a name that has a gold point."""
    error = error_km(name, place)
    if error is None or place is None:
        return False
    is_same = nearness is Nearness.AREA and place.kind in _AREAS and place.geonameid is not None
    return error <= NEAR_KM or (is_same and place.geonameid == name.geonameid)


def error_curve_area(errors_km: Iterable[float]) -> float | None:
    """Return the area under the curve of the sorted errors, on a log scale: 0 is perfect, 1 worst.

    After D. Jurgens et al., "Geolocation prediction in Twitter using social networks" (2015), in
    the form of M. Gritta et al., "A pragmatic guide to geoparsing evaluation" (2020): the integral
    of ln(error + 1) by the trapezoidal rule, over what it would be if each error were 20,039 km.

    >>> error_curve_area([0.0, 0.0]), error_curve_area([20_038.0] * 3)
    (0.0, 1.0)
    """
    curve = sorted(math.log(error + 1) / math.log(LARGEST_KM) for error in errors_km)
    if len(curve) < 2:
        return min(1.0, curve[0]) if curve else None
    area = sum(curve) - (curve[0] + curve[-1]) / 2
    return min(1.0, area / (len(curve) - 1))


def score_end_to_end(
    gold: Sequence[GoldDocument],
    resolutions: Sequence[Sequence[Resolution]],
    *,
    counting: Counting = Counting.LOCATED,
    nearness: Nearness = Nearness.POINT,
) -> Score:
    """Score pins from raw text: right when the span overlaps a gold name, and the place is its own.

    Every settled resolution is a pin, wherever it lies.
    """
    right = pins = total = 0
    for doc, found in zip(gold, resolutions, strict=True):
        settled = [resolution for resolution in found if resolution.place is not None]
        paired = pins_of(doc, settled)
        right += sum(is_right(name, pin.place, nearness) for name, pin in paired)
        pins += len(settled)
        total += sum(name.point is not None or counting is Counting.ALL for name in doc.toponyms)
        if counting is Counting.JUDGED:
            pins -= sum(name.point is None for name, _ in paired)
    return Score(right=right, predicted=pins, gold=total)


def pins_of(doc: GoldDocument, found: Sequence[Resolution]) -> list[tuple[GoldToponym, Resolution]]:
    """Return each gold name that overlaps a resolution, with that resolution."""
    pairs = match_spans(
        [name.span for name in doc.toponyms],
        [resolution.toponym.span for resolution in found],
        match=SpanMatch.OVERLAP,
    )
    return [(doc.toponyms[i], found[j]) for i, j in pairs]
