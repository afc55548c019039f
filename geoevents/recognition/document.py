"""What does the rest of the document make of a candidate?

Once every candidate has a score of its own, each is seen again among the others: the same name
elsewhere, the countries that the text is about, the names beside it in a list, and the candidates
that claim some of the same words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geoevents.lexicon.places import KIND_WORDS
from geoevents.model import PlaceKind
from geoevents.recognition.candidates import Candidate
from geoevents.recognition.features import Key, Note
from geoevents.recognition.reading import Reading

__all__ = ["Link", "context_features", "context_keys", "links", "nesting"]


class Link(NamedTuple):
    """Two candidates with only a comma or a word between them, by their numbers."""

    first: int
    second: int
    joint: str
    is_inside: bool


_INSIDE = frozenset({",", "in", "(", ".,"})
_LISTED = frozenset({",", "and", "or"})
_JOINING_WORDS = frozenset({"in", "and", "or"})


def links(reading: Reading, candidates: Sequence[Candidate]) -> list[Link]:
    """Return the pairs of candidates that stand together, as a list or as a place in its region."""
    starting: dict[int, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        starting[candidate.first].append(number)
    found = []
    for number, candidate in enumerate(candidates):
        at = candidate.last + 1
        following = starting.get(at)
        joint = reading.gap(at).strip()
        if following is None and (word := reading.key(at)) in _JOINING_WORDS:
            following, joint = starting.get(at + 1), word
        if following and joint in _INSIDE | _LISTED:
            found += [
                Link(
                    number, other, joint, joint in _INSIDE and _lies_in(reading, candidate, candidates[other])
                )
                for other in following
            ]
    return found


def _lies_in(reading: Reading, inner: Candidate, outer: Candidate) -> bool:
    """Say whether a place of one name lies in a region of another.

    Where the text calls it a province, a city stands for the one around it.
    """
    homes = inner.name.homes
    if not homes.isdisjoint(outer.name.regions):
        return True
    if homes.isdisjoint(outer.name.seats):
        return False
    return PlaceKind.ADMIN1 in KIND_WORDS.get(reading.key(outer.last + 1), ())


def nesting(candidates: Sequence[Candidate]) -> list[int]:
    """Return for each candidate, as `Note`s, whether it holds another known name or lies inside one."""
    notes = [0] * len(candidates)
    inside, holds = int(Note.INSIDE_A_LONGER_NAME), int(Note.HOLDS_A_SHORTER_NAME)
    for number, candidate in enumerate(candidates):
        if candidate.first == candidate.last:
            continue  # nothing lies inside one word
        is_known = bool(candidate.name.places)
        for other in range(number + 1, len(candidates)):
            shorter = candidates[other]
            if shorter.first > candidate.last:
                break
            if is_known and shorter.last <= candidate.last:
                notes[other] |= inside
                if shorter.name.places:
                    notes[number] |= holds
    return notes


_Keys = list[list[Key]]


def context_keys(candidates: Sequence[Candidate], linked: Sequence[Link]) -> _Keys:
    """Return for each candidate the keys of what the document makes of it."""
    keys: _Keys = [[("own", _step(c.score, 6), c.name.kind, c.name.sort)] for c in candidates]
    _see_elsewhere(candidates, keys)
    _see_focus(candidates, keys)
    _see_rivals(candidates, keys)
    for first, second, joint, _ in linked:
        if joint in _LISTED:
            keys[first].append((f"before {joint}", _step(candidates[second].score, 3), "", ""))
            keys[second].append((f"behind {joint}", _step(candidates[first].score, 3), "", ""))
    return keys


def _step(score: float, limit: int) -> int:
    """Return a score in whole steps, within `limit` of 0."""
    step = round(score)
    return step if -limit <= step <= limit else -limit if step < 0 else limit


def _see_elsewhere(candidates: Sequence[Candidate], keys: _Keys) -> None:
    """See what the same name scores where else the document has it."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        groups[candidate.name.key].append(number)
    for numbers in groups.values():
        count = len(numbers)
        if count == 1:
            continue
        scores = sorted(candidates[number].score for number in numbers)
        best, second, total = scores[-1], scores[-2], sum(scores)
        for number in numbers:
            own, name = candidates[number].score, candidates[number].name
            best_other = second if own == best else best
            keys[number].append(("elsewhere", _step(best_other, 4), name.kind, name.sort))
            keys[number].append(("mean elsewhere", _step((total - own) / (count - 1), 4), "", ""))
            keys[number].append(("count", min(4, count), "", name.sort))


_SURE = 1.0  # log-odds from which a name says what a document is about
_QUARTERS = 4


def _see_focus(candidates: Sequence[Candidate], keys: _Keys) -> None:
    """See how much of the document lies in a country of the name."""
    votes: Counter[str | None] = Counter(
        c.name.country for c in candidates if c.score > _SURE and c.name.places
    )
    total = votes.total()
    for candidate, own_keys in zip(candidates, keys, strict=True):
        name = candidate.name
        if not name.places:
            continue
        own = candidate.score > _SURE
        if total == own:
            continue  # nothing else says what the document is about
        most = max(votes[country] - (own and country == name.country) for country in name.countries)
        own_keys.append(("focus", int(_QUARTERS * most / (total - own)), name.kind, name.sort))


_NO_RIVAL = -9.0
_REACH = 6  # candidates to either side that may claim the same words


def _see_rivals(candidates: Sequence[Candidate], keys: _Keys) -> None:
    """See the best of the candidates that claim some of the same words."""
    best = [_NO_RIVAL] * len(candidates)
    for number, candidate in enumerate(candidates):
        for other in range(number + 1, min(number + 1 + _REACH, len(candidates))):
            if candidates[other].first > candidate.last:
                break
            best[number] = max(best[number], candidates[other].score)
            best[other] = max(best[other], candidate.score)
    for number, rival in enumerate(best):
        if rival > _NO_RIVAL:
            keys[number].append(("rival", _step(rival, 4), "", ""))
            keys[number].append(("ahead of rival", _step(candidates[number].score - rival, 4), "", ""))


def context_features(label: str, step: int, kind: str, sort: str) -> Iterator[str]:
    """Yield the features of one key."""
    yield f"{label} {step}"
    if kind:
        yield f"{label} {step} | is {kind}"
    if sort:
        yield f"{label} {step} | sort {sort}"
