"""Which other place of the same name would make a refuted claim true?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from geoevents.model import ClaimEnd, DistanceClaim, Place
from geoevents.text import name_key
from geoevents.verification.extents import measure
from geoevents.verification.judging import judge, obstacle
from geoevents.verification.readings import candidates_of, distinct, is_named_after, name_keys, readings
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
    """Return, in words, the other places of either name with which the claim would hold.

    Among them is the division that has its name from a town, in whichever spelling the text names it.
    """
    subject, reference = readings(claim.subject)[0], readings(claim.reference)[0]
    pairs = [(other, subject, (other, reference)) for other in _others(claim.subject, gazetteer)]
    pairs += [(other, reference, (subject, other)) for other in _others(claim.reference, gazetteer)]
    return tuple(_described(other, meant) for other, meant, ends in pairs if _holds(claim, *ends))


def _others(end: ClaimEnd, gazetteer: HomonymIndex) -> Iterator[Place]:
    known = {place.id for place in candidates_of(end)}
    key, meant = name_key(end.text), readings(end)[0]
    hits = [*gazetteer.lookup(end.text, limit=_MOST), *gazetteer.lookup(meant.name, limit=_MOST)]
    for place in distinct(hit.place for hit in hits):
        is_of_the_name = key in name_keys(place) or is_named_after(place, meant)
        if place.id not in known and is_of_the_name:
            yield place


def _holds(claim: DistanceClaim, subject: Place, reference: Place) -> bool:
    if obstacle(claim, subject, reference) is not None:
        return False
    return judge(claim, [measure(subject, reference)]).outcome in SATISFIES


def _described(place: Place, meant: Place) -> str:
    if is_named_after(place, meant):
        return f"for some part of {place.name}"
    return "for " + ", ".join(part for part in (place.name, place.admin1, place.country) if part)
