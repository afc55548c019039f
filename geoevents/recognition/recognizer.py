"""Which stretches of a document are place names, and in which role does each stand?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from geoevents.gazetteer import Gazetteer
from geoevents.model import LOCATING_ROLES, Document, Toponym, ToponymRole
from geoevents.recognition.candidates import Candidate, CandidateFinder
from geoevents.recognition.descriptions import with_descriptions
from geoevents.recognition.figures import points_in_figures
from geoevents.recognition.judging import Judge
from geoevents.recognition.reading import Reading, read
from geoevents.recognition.roles import RoleReader
from geoevents.recognition.weights import Weights, read_weights

__all__ = ["GazetteerRecognizer"]


class GazetteerRecognizer:
    """Finds the names of a gazetteer where the text means them as places.

    `roles` are the roles that are returned. By default a demonym ("Syrian") and a place inside the
    name of an organization ("Aleppo Media Center") are seen but not returned, because neither says
    where anything happened. A description ("the Syrian capital") takes the place of a name inside it;
    without that role the name is returned. `min_score` is in log-odds; the default is a little less
    than even odds, because a name that is missed is lost, and one too many may yet mean no place.
    `weights` are those that geoevents ships, unless others are given.

    Names that no gazetteer has are returned too where the text says that they are places ("the
    village of Xyz"); they stay unresolved, with the reason.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        roles: Collection[ToponymRole] = LOCATING_ROLES,
        min_score: float = -0.3,
        weights: Weights | None = None,
    ) -> None:
        weights = weights or read_weights()
        self._roles = frozenset(roles)
        self._min_score = min_score
        self._find = CandidateFinder(gazetteer)
        self._judge = Judge(weights)
        self._role = RoleReader(weights)

    def __call__(self, document: Document, /) -> tuple[Toponym, ...]:
        """Return the place names of a document, in order of span, none overlapping."""
        reading = read(document.text)
        if not reading.keys:
            return ()
        kept = self._judge(reading, self._find(reading), min_score=self._min_score)
        found = _with_datelines(reading, [self._toponym(reading, candidate) for candidate in kept])
        points = list(points_in_figures(reading))
        if points:
            found = _with_points(found, points)
        if ToponymRole.DESCRIPTION in self._roles:
            found = with_descriptions(reading, found)
        return tuple(toponym for toponym in found if toponym.role in self._roles)

    def _toponym(self, reading: Reading, candidate: Candidate) -> Toponym:
        span, region = candidate.span(reading), candidate.region
        return Toponym(
            span,
            span.of(reading.text),
            role=self._role(reading, candidate),
            qualifier=None if region is None else region.span(reading),
        )


def _with_points(names: Iterable[Toponym], points: list[Toponym]) -> Sequence[Toponym]:
    """Return names and points in order, without the names inside points ("N", "E")."""
    # Neither names nor points overlap among themselves: what overlaps a name is the first point that ends behind its start.
    ends = [point.span.end for point in points]
    kept = []
    for name in names:
        at = bisect_right(ends, name.span.start)
        if at == len(points) or not points[at].span.overlaps(name.span):
            kept.append(name)
    return sorted((*kept, *points), key=lambda toponym: toponym.span)


def _with_datelines(reading: Reading, toponyms: Sequence[Toponym]) -> Sequence[Toponym]:
    """Mark the names before a dash at the head of a paragraph: where the report was written."""
    if not reading.datelines:
        return toponyms
    out: list[Toponym] = []
    end = -1
    for toponym in toponyms:
        end = reading.datelines.get(toponym.span.start, end)
        out.append(_as_dateline(toponym) if toponym.span.start < end else toponym)
    return out


def _as_dateline(toponym: Toponym) -> Toponym:
    return Toponym(toponym.span, toponym.text, role=ToponymRole.DATELINE, qualifier=toponym.qualifier)
