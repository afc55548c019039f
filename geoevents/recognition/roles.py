"""In which role does a name stand: for the place, its people, its government, a body named for it?"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.lexicon.places import CLUBS, METONYM_VERBS, PLAYERS, SPORTS, TEAM_LINKS
from geoevents.model import PlaceKind, ToponymRole
from geoevents.recognition.candidates import Candidate
from geoevents.recognition.features import PARTS, Key, Sums
from geoevents.recognition.names import NameClass, demonyms
from geoevents.recognition.reading import Reading, Style
from geoevents.recognition.weights import Weights

__all__ = ["RoleReader"]

_LARGE = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1})
_LOCATING = frozenset({"locative", "preposition", "town of", "moves to"})
_SEAT_PEOPLE = 200_000  # Capitals and the largest cities stand for governments; towns do not.


_OF = frozenset({"of", "university of"})
_PARTED = frozenset({"kind", "part"})
_ENDS = frozenset({".", "end"})  # "a mistake, said Paris."
_VERBS = frozenset({"verb of governing", "verb of saying"})


def _acts(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a verb of governing follows an abbreviation: "The U.S. accused"."""
    following = candidate.last + 1
    is_next = "." in candidate.name.surface and reading.gap(following) == ". "
    return is_next and reading.key(following) in METONYM_VERBS and candidate.seen[1][0] not in _LOCATING


_LAST_LATIN = "\u024f"
_TREATIES = frozenset(
    "agreement agreements accord accords protocol protocols treaty convention conventions pact process".split()
)
_OF_TREATIES = frozenset("climate peace ceasefire".split())
_SENTENCE = 60  # words, to either side


def _is_treaty(reading: Reading, candidate: Candidate) -> bool:
    """Say whether it is the name of a treaty: "the Minsk agreements", "the Paris climate accord"."""
    at = candidate.last + 1
    if reading.key(at) in _OF_TREATIES:
        at += 1
    return reading.key(at) in _TREATIES and reading.gap(candidate.last + 1) == " " and reading.gap(at) == " "


def _is_airline(reading: Reading, candidate: Candidate) -> bool:
    """Say whether it is an airline's name: "Air Canada"."""
    before = candidate.first - 1
    return reading.key(before) == "air" and bool(reading.capital[before]) and reading.gap(before + 1) == " "


def _is_team(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a city stands for its team: "scored twice against Everton", "beat Zamalek on penalties"."""
    before = reading.key(candidate.first - 1)
    if before in CLUBS and reading.capital[candidate.first - 1] and reading.gap(candidate.first) == " ":
        return True
    is_beside = before in TEAM_LINKS or reading.key(candidate.last + 1) in TEAM_LINKS
    if not is_beside and before != "from":
        return False
    start, end = reading.bounds_of(candidate.first)
    # A list without a full stop would be read anew for each of its names.
    words = reading.keys[max(start, candidate.first - _SENTENCE) : min(end, candidate.last + _SENTENCE)]
    return not SPORTS.isdisjoint(words) if is_beside else not PLAYERS.isdisjoint(words)


class RoleReader:
    """Tells roles apart: embedded and metonymic use by learned weights, the others by what the name is."""

    def __init__(self, weights: Weights) -> None:
        self._sums = {
            role: tuple(Sums(part, weights.roles[role.value]) for part in PARTS)
            for role in (ToponymRole.EMBEDDED, ToponymRole.METONYM)
        }

    def __call__(self, reading: Reading, candidate: Candidate) -> ToponymRole:
        """Return the role of a name that is a place."""
        name = candidate.name
        if name.key in demonyms() and not name.kinds & _LARGE:
            return ToponymRole.DEMONYM
        if name.kind is NameClass.INSTITUTION:
            return ToponymRole.INSTITUTION
        # "the Aleppo-Damascus highway": both ends are meant. Other scripts have no capitals to tell by.
        is_apart = reading.gap(candidate.last + 1) == "-" or name.key[:1] > _LAST_LATIN
        is_embedded = _is_airline(reading, candidate) or (
            not is_apart and self._is_embedded(reading.style(candidate.first), candidate.seen)
        )
        if is_embedded:
            return ToponymRole.EMBEDDED
        if PlaceKind.COUNTRY not in name.kinds and (
            _is_treaty(reading, candidate) or _is_team(reading, candidate)
        ):
            return ToponymRole.EMBEDDED
        is_seat = PlaceKind.COUNTRY in name.kinds or (
            PlaceKind.SETTLEMENT in name.kinds and name.people >= _SEAT_PEOPLE
        )
        if is_seat and (_acts(reading, candidate) or self._is_metonym(candidate.seen)):
            return ToponymRole.METONYM
        return ToponymRole.LITERAL

    def _is_embedded(self, style: Style, keys: Sequence[Key]) -> bool:
        """Say whether a name is a part of another, which only capitals can tell."""
        _, left, right, _, _, run, _ = keys
        if style >= Style.UPPER or (run[:2] == (0, 0) and left[0] not in _OF):
            return False  # no capital beside it, nothing that it could be a part of
        if left[0] == "university of":
            return True
        return (
            right[0] == "organization^"
            if style is Style.TITLE
            else self._score(ToponymRole.EMBEDDED, keys) > 0.0
        )

    def _is_metonym(self, keys: Sequence[Key]) -> bool:
        """Say whether a government is meant: where the words leave no doubt, or by the weights."""
        _, left, right, *_ = keys
        if right[0] in _PARTED:
            return False  # "the Damascus suburb of Douma"
        if (
            left[0] == "verb against"
            or (left[0] == "verb of saying" and right[0] in _ENDS)
            or (right[0] in _VERBS and left[0] not in _LOCATING)
        ):
            return True
        return self._score(ToponymRole.METONYM, keys) > 0.0

    def _score(self, role: ToponymRole, keys: Sequence[Key]) -> float:
        return sum(sums[key] for sums, key in zip(self._sums[role], keys, strict=True))
