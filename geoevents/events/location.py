"""At which place of its sentence did an event happen?

Each candidate is weighed by what `geoevents.events.placing` sees, with the weights of
`data/event_location.csv`, fitted as a choice between the names and "nowhere" (`training/event_location.py`).
Names in one list with the chosen one are where it happened too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import lru_cache
from itertools import repeat

from geoevents.events.passage import Name, Passage
from geoevents.events.placing import Scene, Spot, absence, features, group_of, scene_of
from geoevents.events.prepositions import LOCALITY, aside_end, preposition, without_asides
from geoevents.events.reading import read
from geoevents.lexicon.speech import FINITE_VERBS
from geoevents.lexicon.triggers import lemma
from geoevents.model import LOCATING_ROLES, NAME_ROLES, Document, Resolution, Timeline, Toponym, ToponymRole
from geoevents.tables import read_rows, table_path
from geoevents.text import Span

__all__ = ["MARGIN", "Located", "chosen_spots", "locate", "locating_names", "place_of", "words_of"]


@dataclass(frozen=True, slots=True)
class Located:
    """The name that says where, how surely, ACLED's precision and the reason in words.

    `others` are further places of the same event: the rest of a list, the second end of "between".
    `is_between` says that it lies between the name and the others, `is_near` that it is near and not in it.
    """

    name: Name
    probability: float
    precision: int
    reason: str
    _: KW_ONLY
    others: tuple[Name, ...] = ()
    is_between: bool = False
    is_near: bool = False

    @property
    def country(self) -> str | None:
        """The country of the place, where the name is resolved."""
        place = self.name.resolution.place
        return None if place is None else place.country


def locate(document: Document | str, verb: Span, resolutions: Sequence[Resolution] = ()) -> tuple[Span, ...]:
    """Return where the sentence says that what `verb` tells of happened: the spans of the names, if any.

    It is the decision that places the events of the pipeline. `resolutions` are the resolved place names of
    the document; without them only the shape of names and the words around them speak. See
    `geoevents.locate_event` for the same with the names found by the shipped pipeline.

    >>> text = "Rebels who fled Homs shelled the town of Golo and wounded two people."
    >>> [span.of(text) for span in locate(text, Span(17, 24))]
    ['Golo']
    """
    if isinstance(document, str):
        document = Document(document)
    for passage in read(document, resolutions, Timeline(None, ())):
        words = [i for i, token in enumerate(passage.tokens) if token.span.overlaps(verb)]
        if words:
            scene = scene_of(passage)
            text = verb.of(document.text).lower()
            chosen = chosen_spots(
                scene, words[0], words[-1] + 1, lemma=lemma(text.split()[0] if text else "")
            )
            return tuple(words_of(passage, spot.name) for spot in chosen)
    return ()


def locating_names(resolutions: Iterable[Resolution]) -> tuple[Resolution, ...]:
    """Return the names that may say where, as `locate` takes them: of a description the name within it.

    "Liberia's capital" is told by "Liberia", "the Syrian capital" by no name.
    """
    named = (r for r in resolutions if r.toponym.role in LOCATING_ROLES)
    owned = ((r, r.toponym.text.partition("'s ")[0]) for r in named)
    return tuple(
        _owner(r, owner) if r.toponym.role is ToponymRole.DESCRIPTION else r
        for r, owner in owned
        if r.toponym.role in NAME_ROLES or (owner[:1].isupper() and owner != r.toponym.text)
    )


def _owner(resolution: Resolution, name: str) -> Resolution:
    start = resolution.toponym.span.start
    toponym = Toponym(Span(start, start + len(name)), name)
    return replace(resolution, toponym=toponym)


def words_of(passage: Passage, name: Name) -> Span:
    """Return the characters of the name without the kind in lower case behind it ("Homs province")."""
    last = name.last
    while last - 1 > name.first and passage.tokens.texts[last - 1].islower():
        last -= 1
    span = passage.span_of(name.first, last)
    # The token of "Syria's" holds its ending.
    return Span(span.start, span.end - 2) if span.of(passage.text)[-2:] in {"'s", "’s"} else span


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for _, row in read_rows(table_path("event_location.csv"))}


def _sum(seen: Iterable[str]) -> float:
    return sum(map(_weights().get, seen, repeat(0.0)))


MARGIN = -0.25
"""How much less likely than "nowhere" a name may be, where precision of the places found equals recall."""
# More names than this in one sentence are a list; the nearest ones decide, at bounded cost.
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class _Choice:
    best: Spot
    probability: float
    is_likely: bool


def _weigh(scene: Scene, spots: Sequence[Spot], first: int, last: int, *, lemma: str) -> _Choice:
    """Return the likeliest of the spots, its probability, and whether it beats "nowhere"."""
    scores = [_sum(spot.hints) + _sum(features(scene, spot, first, last, lemma=lemma)) for spot in spots]
    nowhere = _sum(scene.hints) + _sum(absence(scene, first, last, lemma=lemma))
    best = max(range(len(spots)), key=lambda i: (scores[i], -i))
    top = max(scores[best], nowhere)
    total = sum(math.exp(score - top) for score in (*scores, nowhere))
    probability = math.exp(scores[best] - top) / total
    is_somewhere = scores[best] >= nowhere + MARGIN or _is_singled_out(scene.passage, spots[best].name, last)
    return _Choice(spots[best], probability, is_somewhere)


# "In many areas, particularly around Aleppo": too seldom in the corpus to be learned from it.
_SINGLING = frozenset("particularly especially mainly mostly notably chiefly primarily largely".split())


def _is_singled_out(passage: Passage, name: Name, last: int) -> bool:
    """Say whether the text names the place, of several where the event told of before happened, as one."""
    at, keys = name.first - 2, passage.keys
    if at < last or keys[at] not in _SINGLING or keys[at + 1] not in _WITHIN:
        return False
    return _CONTRASTS.isdisjoint(keys[last:at])


_CONTRASTS = frozenset("but while although whereas though".split())
_WITHIN = frozenset("in around near at outside along inside across".split())


def chosen_spots(scene: Scene, first: int, last: int, *, lemma: str) -> tuple[Spot, ...]:
    """Return the spots where the event at words `first` to `last` happened, in order of the text."""
    spots = _near(scene, first)
    if not spots:
        return ()
    choice = _weigh(scene, spots, first, last, lemma=lemma)
    return _listed(scene, choice.best) if choice.is_likely else ()


def _near(scene: Scene, first: int) -> Sequence[Spot]:
    if len(scene.spots) <= _MOST_NAMES:
        return scene.spots
    near = sorted(scene.spots, key=lambda s: (abs(s.name.first - first), s.name.first))[:_MOST_NAMES]
    return sorted(near, key=lambda s: s.name.first)


def place_of(scene: Scene, first: int, last: int, *, lemma: str) -> Located | None:
    """Return where the event at words `first` to `last` happened, `None` where the sentence does not say."""
    kept = {name.first for name in without_asides(scene.passage, [s.name for s in scene.spots])}
    spots = [s for s in _near(scene, first) if s.name.first in kept and not _rules(s, lemma=lemma)]
    if not spots:
        return None
    choice = _weigh(scene, spots, first, last, lemma=lemma)
    struck = next((s for s in spots if _is_struck(scene.passage, first, lemma=lemma, name=s.name)), None)
    struck = struck or _antecedent(scene, spots, first)
    if struck is None and not choice.is_likely:
        return None
    best = _narrowed(scene, struck or choice.best)
    how = "it is what was hit, or what the event goes by" if struck is not None else None
    located = _located(best, choice.probability, how=how)
    others = tuple(s.name for s in _listed(scene, best) if s is not best)
    return _known(
        scene, replace(located, others=others, is_between=best.governing == "between" and bool(others))
    )


# What cities and states are the object of as ground, and not as those who rule there.
_ON_GROUND = frozenset({"take", "fire", "watch", "crowd"})


def _rules(spot: Spot, *, lemma: str) -> bool:
    """Whether the name stands for those who rule there: "accused Moscow", but "marched on Moscow"."""
    is_metonym = spot.name.resolution.toponym.role is ToponymRole.METONYM
    return is_metonym and not spot.governing and group_of(lemma) not in _ON_GROUND


def _located(spot: Spot, probability: float, *, how: str | None) -> Located:
    precision = 3 if spot.name.is_area else 2 if spot.near else 1
    if how is None:
        how = (
            f"{spot.governing!r} governs it"
            if spot.governing
            else "the trigger takes it as object or subject"
        )
        how = f"{how}, weight {probability:.2f}"
    return Located(spot.name, probability, precision, how, is_near=spot.near)


# --- lists ----------------------------------------------------------------------------------------

# What may stand between two names of a list: "in Homs, two in the city of Hama and four near Idlib".
_JOINERS = LOCALITY | frozenset(
    """and or as well both also in at near nearby another others people more with drones missiles rockets artillery
    bombs shells mortars one two three four five six seven eight nine ten dozens hundreds thousands later""".split()
)
_LONGEST_JOIN = 6
_BREAKS = frozenset('.;:()"“”—–')


def _listed(scene: Scene, best: Spot) -> tuple[Spot, ...]:
    """Return the spot with those of its list: names joined by commas, the last two by "and"."""
    at = scene.spots.index(best)
    ahead = _run(scene, at, -1)
    behind = _run(scene, at, 1)
    # ", and" closes a list of three; between two names it opens a clause: "shelled X, and Y lost power".
    closed = max((n for n, link in enumerate(behind) if _closes(link, n + len(ahead))), default=-1) + 1
    if behind and not closed and _goes_on(scene, at - len(ahead), at + len(behind)):
        closed = len(behind)
    is_closed = closed > 0 or (bool(ahead) and _closes(ahead[0], len(ahead) - 1))
    found = scene.spots[at - len(ahead) if is_closed else at : at + closed + 1]
    return tuple(s for s in found if s is best or _are_equal(s.name, best.name))


def _goes_on(scene: Scene, first: int, last: int) -> bool:
    """Whether "and" closes the list behind its last name: "X, Y, Z and a power plant", "X, Y and elsewhere"."""
    end, keys = scene.spots[last].name.last, scene.passage.keys
    while end < len(keys) and keys[end] in _OF_A_LIST:
        end += 1
    if end + 1 >= len(keys) or keys[end] != "and" or _BREAKS & set(scene.passage.gap(end)):
        return False
    return last - first > 1 or keys[end + 1] in _AND_MORE


_OF_A_LIST = frozenset("city town village district province camp suburb".split())
_AND_MORE = frozenset("elsewhere other others surrounding several many nearby".split())


def _closes(link: str, before: int) -> bool:
    return link == "and" or (link == ", and" and before > 0)


def _are_equal(one: Name, other: Name) -> bool:
    """Whether the two can stand in one list of places: countries with countries, towns with towns."""
    if one.is_country != other.is_country:
        return False
    first, second = one.resolution.place, other.resolution.place
    return first is None or second is None or first.kind.is_area == second.kind.is_area or not one.is_country


def _run(scene: Scene, at: int, step: int) -> list[str]:
    """Return how the names of a list are joined, from `at` on in one direction."""
    links: list[str] = []
    while 0 <= at + step < len(scene.spots):
        one, other = sorted((scene.spots[at], scene.spots[at + step]), key=lambda s: s.name.first)
        link = _link(scene.passage, one.name, other.name)
        if link is None:
            break
        links.append(link)
        at += step
    return links


def _link(passage: Passage, one: Name, other: Name) -> str | None:
    """Return "and", ", and" or "," where two names are neighbors in a list, `None` where they are not."""
    between = passage.keys[one.last : other.first]
    if len(between) > _LONGEST_JOIN or not all(
        k in _JOINERS
        or k[:1].isdigit()
        or _is_adjective(passage, one.last + n)
        or (k == "of" and n > 0 and between[n - 1] in LOCALITY)
        for n, k in enumerate(between)
    ):
        return None
    gaps = "".join(passage.gap(i) for i in range(one.last, other.first + 1))
    if not _BREAKS.isdisjoint(gaps):
        return None
    if not {"and", "or"}.isdisjoint(between):
        return ", and" if "," in gaps else "and"
    is_comma = "," in gaps and not ({"in", "near", "at"} & set(between) and not _counts(between))
    return "," if is_comma else None


def _is_adjective(passage: Passage, index: int) -> bool:
    """Whether the word only qualifies the name: the "German" of "the German town of Mainz"."""
    return any(p.first <= index < p.last and p.is_adjective for p in passage.parties)


_COUNTS = frozenset("one two three four five six seven eight nine ten another dozens hundreds".split())


def _counts(between: Sequence[str]) -> bool:
    return any(key in _COUNTS or key[:1].isdigit() for key in between)


# --- what was struck, what merely contains ----------------------------------------------------------

_BE_ALONE = frozenset("was were been being is are".split())
_BE = _BE_ALONE | frozenset("be have has had".split())
_HIT = frozenset("bomb shell target destroy strik hit pound launch attack pummel fir ambush".split())
_TAKEN = frozenset("captur seiz liberat enter storm raid invad recaptur retak overrun secur advanc".split())
_STRIKING = _HIT | _TAKEN
# Nouns of events that go by the name of their place.
_NAMED_BY_PLACE = frozenset("massacre massacres siege genocide".split())


def _is_struck(passage: Passage, first: int, *, lemma: str, name: Name) -> bool:
    """Whether the name is what was bombed or taken: "X was shelled" leaves no doubt where."""
    if name.last == first and passage.keys[first] in _NAMED_BY_PLACE and not passage.gap(first).strip():
        # "The Srebrenica massacre".
        return True
    between = passage.keys[name.last : first]
    if not between or lemma not in _STRIKING or preposition(passage, name)[0]:
        return False
    aside = aside_end(passage, name)
    rest = [key for i, key in enumerate(between, start=name.last) if i >= aside]
    is_passive = any(key in _BE_ALONE for key in rest)
    return is_passive and all(key in _BE or key.endswith("ly") or key in LOCALITY for key in rest)


def _antecedent(scene: Scene, spots: Sequence[Spot], first: int) -> Spot | None:
    """Return the spot that "where" takes up behind what tells how far it lies: "X, 5 km east of Y, where"."""
    opener = scene.passage.clauses.index(scene.passage.clauses[first])
    if scene.passage.keys[opener] != "where":
        return None
    ahead = (s for s in spots if s.name.last < opener)
    return next((s for s in ahead if aside_end(scene.passage, s.name) == opener), None)


def _narrowed(scene: Scene, spot: Spot) -> Spot:
    """Return the spot that the best one merely contains: "the X air base in Syria" is at X."""
    at = scene.spots.index(spot)
    if not spot.name.is_area or at == 0:
        return spot
    inner, passage = scene.spots[at - 1], scene.passage
    between = passage.keys[inner.name.last : spot.name.first]
    linked = len(between) <= 2 and ("in" in between or (not between and "," in passage.gap(spot.name.first)))
    own, outer = inner.name.resolution.place, spot.name.resolution.place
    same = own is not None and outer is not None and own.country == outer.country
    return inner if linked and same and not inner.name.is_country else spot


_CONTAINS = frozenset("in of near outside from at north south east west inside".split())
_LONGEST_WAY = 8


def _known(scene: Scene, located: Located) -> Located:
    """Return the known place that an unknown name is said to be in or near: "Kuriga, Kaduna state"."""
    name = located.name
    if name.resolution.place is not None:
        return located
    for spot in scene.spots:
        if spot.name.first < name.last or not spot.is_known or spot.name in located.others:
            continue
        between = scene.passage.keys[name.last : spot.name.first]
        comma = "," in scene.passage.gap(name.last)
        if len(between) > _LONGEST_WAY or not (_CONTAINS & set(between) or (comma and not between)):
            break
        if any(k in {"and", "or", "but", "from"} or k in FINITE_VERBS for k in between):
            # "Seized X and withdrew from Y": Y says nothing of X.
            break
        return _by_reference(scene, located, spot)
    owner = next(
        (s for s in scene.spots if "owns" in s.hints and s.is_known and s.name.last <= name.first), None
    )
    return located if owner is None else _by_reference(scene, located, owner)


def _by_reference(scene: Scene, located: Located, spot: Spot) -> Located:
    text = words_of(scene.passage, located.name).of(scene.passage.text)
    precision = 3 if spot.name.is_area else 2
    reason = f"{text!r} is in no gazetteer; the text puts it by {spot.name.resolution.toponym.text!r}"
    return replace(located, name=spot.name, precision=precision, reason=reason)
