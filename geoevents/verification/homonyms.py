"""Which other place of the same name would make a refuted claim true?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from geoevents.model import ClaimEnd, DistanceClaim, Place
from geoevents.text import name_key
from geoevents.verification.extents import measure
from geoevents.verification.judging import judge, obstacle
from geoevents.verification.readings import candidates_of, name_keys, readings
from geoevents.verification.relations import SATISFIES

__all__ = ["HomonymIndex", "homonyms_that_hold"]

# A name as common as San José has dozens; what is looked at is bounded.
_MOST = 30


class NameHit(Protocol):
    """What a gazetteer answers: a place that bears the name."""

    @property
    def place(self) -> Place:
        """The place."""
        ...


class HomonymIndex(Protocol):
    """What looking for homonyms asks of a gazetteer."""

    def lookup(self, name: str, *, limit: int) -> Sequence[NameHit]:
        """Return the places of that name, best first."""
        ...


def homonyms_that_hold(claim: DistanceClaim, gazetteer: HomonymIndex) -> tuple[str, ...]:
    """Return, in words, the other places of either name with which the claim would hold."""
    subject, reference = readings(claim.subject)[0], readings(claim.reference)[0]
    pairs = [(other, other, reference) for other in _others(claim.subject, gazetteer)]
    pairs += [(other, subject, other) for other in _others(claim.reference, gazetteer)]
    return tuple(_described(other) for other, s, r in pairs if _holds(claim, s, r))


def _others(end: ClaimEnd, gazetteer: HomonymIndex) -> Iterator[Place]:
    known = {place.id for place in candidates_of(end)}
    key = name_key(end.text)
    for hit in gazetteer.lookup(end.text, limit=_MOST):
        if hit.place.id not in known and key in name_keys(hit.place):
            yield hit.place


def _holds(claim: DistanceClaim, subject: Place, reference: Place) -> bool:
    if obstacle(claim, subject, reference) is not None:
        return False
    return judge(claim, [measure(subject, reference)]).outcome in SATISFIES


def _described(place: Place) -> str:
    return "for " + ", ".join(part for part in (place.name, place.admin1, place.country) if part)
