"""What does each sentence hold: words, clauses, parties, places and times?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace

from geoevents.lexicon.actors import ActorEntry, actors, countries
from geoevents.model import Document, PlaceKind, Resolution, TimeExpression, Timeline, ToponymRole
from geoevents.text import Span, Token, sentences, tokenize

__all__ = ["MACHINES", "Moment", "Name", "Party", "Passage", "read"]


@dataclass(frozen=True, slots=True)
class Name:
    """A place name at words `first` to `last` (excluded) of its passage."""

    first: int
    last: int
    _: KW_ONLY
    resolution: Resolution

    @property
    def can_locate(self) -> bool:
        """Whether its role lets an event be there: no dateline, institution, metonym or demonym."""
        place = self.resolution.place
        return self.resolution.toponym.role is ToponymRole.LITERAL and (place is None or place.kind.is_pinned)

    @property
    def is_country(self) -> bool:
        """Whether it means a country or something larger."""
        place = self.resolution.place
        return place is not None and place.kind in {
            PlaceKind.COUNTRY,
            PlaceKind.CONTINENT,
            PlaceKind.REGION,
        }

    @property
    def is_area(self) -> bool:
        """Whether it means an area that an event happens somewhere in."""
        place = self.resolution.place
        return place is not None and place.kind.is_area


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody at words `first` to `last` (excluded): a group, a force, a people or a country.

    `entry` is `None` for a country or people that stands for itself; `is_adjective` says that it only
    qualifies the noun that follows ("the Russian base").
    """

    first: int
    last: int
    _: KW_ONLY
    entry: ActorEntry | None
    country: str | None
    is_people: bool = False
    is_adjective: bool = False

    @property
    def kind(self) -> str | None:
        """ACLED's interaction term, as far as the words alone tell."""
        if self.entry is not None:
            return self.entry.kind
        return "civilians" if self.is_people else "state forces"

    @property
    def bears_arms(self) -> bool:
        """Whether it is a force or an armed group."""
        return self.kind in _ARMED and not (
            self.entry is not None and self.entry.name.startswith("Government")
        )


# Arms that go for those who use them; jets over a country need not be its own.
MACHINES = frozenset(
    """jet jets warplane warplanes drone drones aircraft helicopter helicopters plane planes bombers artillery
    tanks gunships gunboats warships submarine navy""".split()
)
_ARMED = frozenset(
    {"state forces", "rebel group", "political militia", "identity militia", "external/other forces"}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression at words `first` to `last` (excluded)."""

    first: int
    last: int
    _: KW_ONLY
    expression: TimeExpression


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, read: `clauses` numbers the clause of each word, `keys` folds each word.

    `classes` are the keys with what the words belong to (`$place`, `$armed`), for the lexicon, and
    `bag` is all of them.
    """

    span: Span
    text: str
    _: KW_ONLY
    tokens: tuple[Token, ...]
    keys: tuple[str, ...]
    classes: tuple[frozenset[str], ...]
    bag: frozenset[str]
    clauses: tuple[int, ...]
    names: tuple[Name, ...]
    parties: tuple[Party, ...]
    moments: tuple[Moment, ...]

    @property
    def is_shouting(self) -> bool:
        """Whether it is written in capitals, which then tell nothing."""
        return self.span.of(self.text).isupper()

    def gap(self, index: int) -> str:
        """Return what stands between word `index - 1` and word `index`."""
        if index <= 0 or index >= len(self.tokens):
            return ""
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def span_of(self, first: int, last: int) -> Span:
        """Return the characters of the words `first` to `last` (excluded)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)


# Words that open a clause of their own.
_OPENERS = frozenset(
    """which who whom whose while when where after before because although though but if unless until
    whereas that amid despite saying adding following""".split()
)
_SPEECH = frozenset(
    """said says say told tells reported reports announced claimed claims stated added adding warned
    accused confirmed denied rejected insisted argued noted quoted according alleged retorted arguing insisting claiming noting alleging suggesting""".split()
)
_BREAK = re.compile(r"[;:—–\"“”()\[\]]|--| - |\.\.\.|…")


def read(document: Document, resolutions: Sequence[Resolution], timeline: Timeline) -> Iterator[Passage]:
    """Yield the sentences that may tell of something, in order."""
    text = document.text
    places = sorted(resolutions, key=lambda r: r.toponym.span)
    place_starts = [r.toponym.span.start for r in places]
    times = sorted(timeline.expressions, key=lambda e: e.span)
    time_starts = [e.span.start for e in times]
    for span in _bounded(sentences(text)):
        tokens = _tokens(text, span)
        if not tokens:
            continue
        here = places[bisect_left(place_starts, span.start) : bisect_left(place_starts, span.end)]
        now = times[bisect_left(time_starts, span.start) : bisect_left(time_starts, span.end)]
        yield _passage(text, span, tokens=tokens, places=here, times=now)


# A "sentence" longer than this is a table or a list; cut, so that no step sees an unbounded one.
_LONGEST = 2_000


def _bounded(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        for start in range(span.start, span.end, _LONGEST):
            yield Span(start, min(span.end, start + _LONGEST))


def _tokens(text: str, span: Span) -> tuple[Token, ...]:
    return tuple(Token(t.start + span.start, t.text, t.key) for t in tokenize(span.of(text)))


def _passage(
    text: str,
    span: Span,
    *,
    tokens: tuple[Token, ...],
    places: Sequence[Resolution],
    times: Sequence[TimeExpression],
) -> Passage:
    starts = [token.start for token in tokens]
    keys = tuple(_bare(token.key, token.text) for token in tokens)
    names = tuple(
        Name(first, last, resolution=r) for r in places for first, last in [_words(starts, r.toponym.span)]
    )
    moments = tuple(
        Moment(first, last, expression=e) for e in times for first, last in [_words(starts, e.span)]
    )
    parties = _parties(span.of(text), tokens, keys=keys, names=names)
    classes = _classes(keys, names, parties)
    return Passage(
        span,
        text,
        tokens=tokens,
        keys=keys,
        classes=classes,
        bag=frozenset().union(*classes),
        clauses=_clauses(text, tokens, keys),
        names=names,
        parties=parties,
        moments=moments,
    )


def _bare(key: str, text: str) -> str:
    """Return the key without a possessive ending: "russias" from "Russia's" is "russia"."""
    return key[:-1] if text[-2:] in {"'s", "’s"} and len(key) > 2 else key


def _words(starts: Sequence[int], span: Span) -> tuple[int, int]:
    first = max(0, bisect_right(starts, span.start) - 1)
    return first, max(first + 1, bisect_left(starts, span.end))


def _clauses(text: str, tokens: Sequence[Token], keys: Sequence[str]) -> tuple[int, ...]:
    clause, out = 0, []
    for index, token in enumerate(tokens):
        if index and (
            keys[index] in _OPENERS
            or keys[index] in _SPEECH
            or _opens_participle(text, tokens, index)
            or _BREAK.search(text, tokens[index - 1].end, token.start)
        ):
            clause += 1
        out.append(clause)
    return tuple(out)


def _opens_participle(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a participle goes on with the story: "..., killing 12 people"."""
    token = tokens[index]
    return (
        token.key.endswith("ing") and len(token.key) > 5 and "," in text[tokens[index - 1].end : token.start]
    )


def _classes(
    keys: Sequence[str], names: Sequence[Name], parties: Sequence[Party]
) -> tuple[frozenset[str], ...]:
    extra: dict[int, set[str]] = {}
    for name in names:
        if name.can_locate:
            for index in range(name.first, name.last):
                extra.setdefault(index, set()).add("$place")
    for party in parties:
        if party.bears_arms:
            for index in range(party.first, party.last):
                extra.setdefault(index, set()).add("$armed")
    return tuple(frozenset({key, *extra.get(index, ())}) for index, key in enumerate(keys))


# Words that may stand between an adjective of country and the force that it qualifies.
_FILLERS = frozenset(
    """government state special elite federal national regional local military army air defense defence
    foreign naval armed security border ground regular
    opposition rebel islamist kurdish arab shiite sunni separatist loyalist""".split()
)


def _parties(
    sentence: str, tokens: Sequence[Token], *, keys: Sequence[str], names: Sequence[Name]
) -> tuple[Party, ...]:
    shouting = sentence.isupper()
    metonyms = {
        name.first: name
        for name in names
        if name.resolution.toponym.role in {ToponymRole.METONYM, ToponymRole.DEMONYM}
    }
    out: list[Party] = []
    index = 0
    while index < len(tokens):
        found = _land_at(tokens, keys, index, shouting=shouting, metonyms=metonyms)
        party = _force_at(tokens, keys, index, shouting=shouting, land=found)
        if party is None and found is not None:
            following = keys[found[0]] if found[0] < len(keys) else ""
            if following in _BACKED:
                index = found[0] + 1
                continue
            party = Party(
                index,
                found[0],
                entry=None,
                country=found[1],
                is_people=found[2] and (len(keys[index]) > 2 or _is_adjective(tokens, found[0])),
                is_adjective=found[2] and _is_adjective(tokens, found[0]),
            )
        if party is not None and _is_held(tokens, keys, party):
            index = party.last + 1
        elif party is None:
            index += 1
        else:
            out.append(_owned(keys, party, out))
            index = party.last
    return _named_after(tokens, keys, out)


_HELD = frozenset("held controlled occupied run ruled infested".split())


def _is_held(tokens: Sequence[Token], keys: Sequence[str], party: Party) -> bool:
    """Whether it only says who holds the place that follows: "rebel-held Idlib"."""
    gap = tokens[party.last].start - tokens[party.last - 1].end if party.last < len(tokens) else 0
    return gap == 1 and keys[party.last] in _HELD


_POSSESSIVES = frozenset("its their his her".split())


def _owned(keys: Sequence[str], party: Party, before: Sequence[Party]) -> Party:
    """Return the party with the country of its owner: in "Russia said its forces", the subject's."""
    entry = party.entry
    if entry is None or not entry.is_generic or party.country or entry.kind != "state forces":
        return party
    if not party.first or keys[party.first - 1] not in _POSSESSIVES:
        return party
    owner = next((p for p in before if p.kind == "state forces" and p.country), None)
    return party if owner is None else replace(party, country=owner.country)


_BELONGS = (("of",), ("from",), ("of", "the"), ("from", "the"), ("belonging", "to"), ("loyal", "to"))


def _named_after(tokens: Sequence[Token], keys: Sequence[str], found: Sequence[Party]) -> tuple[Party, ...]:
    """Return the parties with a kind and the name behind it as one: "jihadists of JNIM"."""
    out: list[Party] = []
    for party in found:
        kind = out[-1] if out else None
        if (
            kind is not None
            and kind.entry is not None
            and party.entry is not None
            and kind.entry.is_generic
            and kind.entry.kind in _ARMED
            and not party.entry.is_generic
            and party.bears_arms
            and tuple(keys[kind.last : party.first]) in _BELONGS
            and all(_touches(tokens, i) for i in range(kind.last, party.first + 1))
        ):
            out[-1] = replace(party, first=kind.first)
        else:
            out.append(party)
    return tuple(out)


# "U.S.-backed rebels" are no Americans.
_BACKED = frozenset(
    "backed led allied born based trained supported brokered sponsored funded installed held occupied".split()
)
_AFTER_PEOPLE = frozenset(
    """and or were was is are have has had who in on at of from by with to as that when while after before
    died said whose while being during for near outside under""".split()
)


def _is_adjective(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word of lower case follows a demonym that is no plural: "Russian base"."""
    if index >= len(tokens) or tokens[index].start - tokens[index - 1].end != 1:
        return False
    following = tokens[index]
    return (
        following.text[:1].islower()
        and following.key not in _AFTER_PEOPLE
        and not tokens[index - 1].key.endswith("s")
    )


def _land_at(
    tokens: Sequence[Token],
    keys: Sequence[str],
    index: int,
    *,
    shouting: bool,
    metonyms: dict[int, Name],
) -> tuple[int, str, bool] | None:
    """Return where the country or people named at `index` ends, its code, and whether it is a people."""
    written = tokens[index].text
    if not shouting and not written[:1].isupper():
        return None
    if written == "US":
        return index + 1, "US", True
    found = countries().at(keys, index)
    if found is not None:
        return index + found[0], found[1], found[2]
    name = metonyms.get(index)
    place = None if name is None else name.resolution.place
    if name is None or place is None or place.country is None:
        return None
    return name.last, place.country, name.resolution.toponym.role is ToponymRole.DEMONYM


def _force_at(
    tokens: Sequence[Token],
    keys: Sequence[str],
    index: int,
    *,
    shouting: bool,
    land: tuple[int, str, bool] | None,
) -> Party | None:
    """Return the force, group or kind of people named at `index`, with the adjective before it."""
    lexicon = actors()
    proper = lexicon.at(tokens, keys, index, shouting=shouting)
    if proper is not None and land is not None and index + proper[0] <= land[0]:
        proper = None
    if land is not None and proper is None and not _touches(tokens, land[0]):
        return None
    start = index if land is None or proper is not None else land[0]
    for skipped in range(3):
        at = start + skipped
        if at >= len(tokens):
            break
        found = proper if proper is not None else lexicon.at(tokens, keys, at, shouting=shouting)
        if found is not None:
            return _grown(tokens, keys, index, shouting=shouting, found=(at, *found), land=land)
        if land is None or keys[at] not in _FILLERS:
            break
    return None


def _touches(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word follows the one before it without a comma: "Mali, gunmen" are two."""
    return index < len(tokens) and tokens[index].start - tokens[index - 1].end == 1


def _grown(
    tokens: Sequence[Token],
    keys: Sequence[str],
    index: int,
    *,
    shouting: bool,
    found: tuple[int, int, ActorEntry],
    land: tuple[int, str, bool] | None,
) -> Party:
    """Return the party with the nouns that follow it: "Islamic State" + "militants"."""
    at, count, entry = found
    last = at + count
    for _ in range(3):
        lexicon_at = None
        if last < len(tokens) and tokens[last].start - tokens[last - 1].end == 1:
            lexicon_at = actors().at(tokens, keys, last, shouting=shouting)
        if lexicon_at is None:
            break
        count, after = lexicon_at
        if (entry.is_generic and not after.is_generic) or (
            entry.is_generic and entry.kind == "civilians" and after.kind != "infrastructure"
        ):
            entry = after
        elif not after.is_generic:
            break
        last += count
    named = None if entry.is_description else entry.country
    country = named or (land[1] if land is not None else None)
    return Party(index, last, entry=entry, country=country)
