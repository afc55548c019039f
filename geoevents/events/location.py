"""At which place of its sentence did an event happen?

Each place name is weighed by what stands between it and the trigger: the preposition that governs
it, the clauses and names between, whether it is a country or holds another name. The weights are
rows of `data/event_location.csv`, fitted as a choice between the names and "nowhere"
(`training/event_location.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import lru_cache

from geoevents.events.reading import Name, Passage
from geoevents.tables import read_rows, table_path

__all__ = ["Located", "absence", "beside", "features", "known", "locate", "place_names", "preposition"]


@dataclass(frozen=True, slots=True)
class Located:
    """The name that says where, how surely, ACLED's precision and the reason in words."""

    name: Name
    probability: float
    precision: int
    reason: str

    @property
    def country(self) -> str | None:
        """The country of the place, where the name is resolved."""
        place = self.name.resolution.place
        return None if place is None else place.country


_NEAR = frozenset("near outside around close toward towards beside nearby between beyond along off".split())
_PREPOSITIONS = frozenset(
    """in at on near outside inside around of from to into toward towards against by with over across
    through throughout within between along above under off for about beyond beside via like as than
    until among during after before since despite including targeting upon onto""".split()
)
# Nouns and adjectives that stand between a preposition and the name that it governs.
_LOCALITY = frozenset(
    """the a an its their town city village district province region area areas capital suburb suburbs
    outskirts countryside neighborhood neighbourhood quarter governorate county state island port base
    airport hospital hill hills mountain mountains valley camp border crossing road highway street streets
    square market mosque church school center centre part parts north south east west northern southern
    eastern western northeast northwest southeast southwest northeastern northwestern southeastern
    southwestern central coastal strategic key nearby neighboring neighbouring old downtown rural
    besieged rebel held government controlled militant remote restive war torn local municipality
    department locality sector zone enclave stronghold garrison front frontline edge vicinity heart
    middle site sites entrance towns villages cities districts provinces regions territory territories
    positions position targets target military air forces bases post posts checkpoint checkpoints
    headquarters house houses building embassy prison university stadium beach coast
    same small main large largest second whole entire historic ancient holy km kilometers kilometres
    miles mostly predominantly mainly flashpoint troubled disputed occupied divided tiny sprawling
    northernmost mineral rich oil slum township hamlet commune canton subdistrict
    jungle desert gulf strait sea waters and or other some several many two three various most""".split()
)
_VERBAL = frozenset(
    """is was are were has have had will would said says told did does do can could may might be been
    warned accused denied agreed announced reported confirmed called urged claimed wants plans""".split()
)
_FROM_VERBS = frozenset("withdraw retreat pull flee evacuate kidnap abduct".split())


def preposition(passage: Passage, name: Name) -> tuple[str, bool]:
    """Return the preposition that governs the name, "" if none does, and whether "near" it is meant.

    >>> from geoevents.events.reading import read
    >>> from geoevents.model import Document, Resolution, Timeline, Toponym
    >>> from geoevents.text import Span
    >>> where = Resolution(Toponym(Span(28, 33), "Torez"), (), is_settled=False, reason="")
    >>> page = next(read(Document("Clashes on the outskirts of Torez."), [where], Timeline(None, ())))
    >>> preposition(page, page.names[0])
    ('on', True)
    """
    keys, near, seen_of = passage.keys, False, False
    index, steps = name.first - 1, 0
    direct = ""
    while index >= 0 and steps < 9:
        key = keys[index]
        if key in {"north", "south", "east", "west", "outskirts", "edge", "vicinity"} or (
            key.startswith(("north", "south")) and key.endswith(("east", "west"))
        ):
            near = near or seen_of
        if key == "of":
            seen_of = True
            direct = direct or "of"
        elif key in _PREPOSITIONS:
            return (key, near or key in _NEAR) if not seen_of or steps > 1 else ("of", near)
        elif not (
            key in _LOCALITY
            or key[:1].isdigit()
            or _is_modifier(passage, index)
            or (seen_of and _can_qualify(passage, index))
        ):
            break
        index, steps = index - 1, steps + 1
    return direct, near


def _can_qualify(passage: Passage, index: int) -> bool:
    """Whether the word may be an adjective in "the embattled border town of X"."""
    key = passage.keys[index]
    return (
        passage.tokens[index].text.islower()
        and key not in _VERBAL
        and "," not in passage.gap(index + 1)
        and not passage.gap(index + 1).strip(" -")
    )


def _is_modifier(passage: Passage, index: int) -> bool:
    """Whether the word is an adjective of country or a name in apposition ("the Syrian city of X")."""
    return any(p.first <= index < p.last and p.entry is None for p in passage.parties)


@dataclass(frozen=True, slots=True)
class _View:
    """A name as seen from a trigger: the words between, and on which side it stands."""

    passage: Passage
    first: int
    _: KW_ONLY
    last: int
    lemma: str
    names: Sequence[Name]
    name: Name
    governing: str
    near: bool

    @property
    def is_after(self) -> bool:
        return self.name.first >= self.last

    @property
    def side(self) -> str:
        return "after" if self.is_after else "before"

    @property
    def preposition(self) -> str:
        return self.governing or "none"

    @property
    def between(self) -> range:
        return range(self.last, self.name.first) if self.is_after else range(self.name.last, self.first)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.passage.keys[i] for i in self.between)

    @property
    def clauses(self) -> int:
        """How many clauses away, 2 for more."""
        return min(2, abs(self.passage.clauses[self.name.first] - self.passage.clauses[self.first]))

    @property
    def crossed(self) -> int:
        """How many other names stand between, 2 for more."""
        return min(2, sum(1 for n in self.names if n is not self.name and n.first in self.between))


def features(
    passage: Passage, first: int, last: int, *, lemma: str, names: Sequence[Name], name: Name
) -> Iterator[str]:
    """Yield what speaks for or against the event at words `first` to `last` being at `name`."""
    governing, near = preposition(passage, name)
    view = _View(
        passage, first, last=last, lemma=lemma, names=names, name=name, governing=governing, near=near
    )
    others = [other for other in names if other is not name]
    yield from ("bias", "alone" if not others else "others")
    yield from _standing(view)
    yield from _neighbors(passage, name, others)
    yield from _shape(passage, name, governing)
    yield from _by_verb(view)
    yield from _by_words(view)
    yield from _ranked(passage, first, last, name, names)
    yield from _linked(passage, first, last, name)


def _standing(view: _View) -> Iterator[str]:
    """Yield on which side, how far and behind which preposition the name stands."""
    side, clauses = view.side, view.clauses
    yield side
    yield f"prep={view.preposition}"
    yield f"prep={view.preposition},{side}"
    if view.near:
        yield "near"
    yield f"distance={_bucket(len(view.between))},{side}"
    yield f"clauses={clauses},{side}"
    yield f"clauses={clauses},{'prep' if view.governing else 'bare'}"
    yield f"crossed={view.crossed},{side}"
    if view.name.first <= 3 and view.governing and not view.is_after:
        yield "topic"


def _by_verb(view: _View) -> Iterator[str]:
    """Yield how verbs like this one, in this form, take their place."""
    lemma, side = view.lemma, view.side
    group, form = _GROUP.get(lemma, "other"), _form(view.passage.keys[view.first])
    if view.is_after and all(_is_passed_over(view.passage, i) for i in view.between):
        yield from ("object", f"object,{group}", f"object,{lemma}")
    yield f"verb={lemma}"
    yield f"verb={lemma},{view.preposition}"
    yield f"group={group},{view.preposition},{side}"
    yield f"group={group},{side},{view.clauses},{view.crossed}"
    yield f"group={group},{'country' if view.name.is_country else 'spot'},{side}"
    yield f"form={form},{side}"
    yield f"form={form},{view.preposition},{side},{min(view.clauses, 1)}"
    yield f"form={form},{side},distance={_bucket(len(view.between))}"
    if not view.is_after and not view.governing and _BE_ALONE & view.words:
        yield f"passive,{min(view.clauses, 1)}"
        yield f"passive,{group},{min(view.clauses, 1)}"


def _is_passed_over(passage: Passage, index: int) -> bool:
    key = passage.keys[index]
    return key in _LOCALITY or key == "of" or _is_modifier(passage, index)


def _by_words(view: _View) -> Iterator[str]:
    """Yield which telling words and marks stand between."""
    passage, side, words = view.passage, view.side, view.words
    if words & _VERBAL:
        yield f"verbs,{side}"
    if any("," in passage.gap(i) for i in (*view.between, view.name.first if view.is_after else view.first)):
        yield f"comma,{side}"
    for word in sorted(_LINKS & words):
        yield f"link={word},{side}"
    if {"war", "conflict", "crisis", "since", "independence"} & words:
        yield "era"
    if view.first and passage.keys[view.first - 1] in _UNCERTAIN:
        yield "unreal"


_BE_ALONE = frozenset("was were been being is are".split())
_UNCERTAIN = frozenset("to will would could not may might should".split())
_LINKS = frozenset(
    """by and who which that when where after before during since to for as against with while but in on
    of from at near told said into between""".split()
)
_SETTING = frozenset("in at near on outside inside around across over within".split())


def _ranked(passage: Passage, first: int, last: int, name: Name, names: Sequence[Name]) -> Iterator[str]:
    """Yield how the name stands among the others: the only town, the first one set by "in"."""
    spots = [n for n in names if not n.is_country]
    if spots == [name]:
        yield "only spot"
    elif name.is_country and spots:
        yield "country beside spots"
    clause = passage.clauses[first]
    own = [n for n in names if passage.clauses[n.first] == clause]
    if own == [name]:
        yield "only in clause"
    elif name not in own and own:
        yield "others in clause"
    behind = [n for n in names if n.first >= last and preposition(passage, n)[0] in _SETTING]
    if behind and behind[0] is name:
        yield f"first set behind,{'own' if name in own else 'far'}"
    ahead = [n for n in names if n.last <= first and preposition(passage, n)[0] in _SETTING]
    if ahead and ahead[-1] is name:
        yield f"last set ahead,{'own' if name in own else 'far'}"
        yield "last set ahead,none behind" if not behind else "last set ahead,some behind"
    elif ahead and ahead[0] is name:
        yield "first set ahead"
    if not behind and not ahead:
        yield "nothing set"


_EVENTFUL = frozenset(
    """attack attacks blast blasts explosion explosions clash clashes fighting battle battles raid raids
    operation operations offensive strike strikes airstrike airstrikes shelling bombing bombings ambush
    shooting gunfight protest protests demonstration demonstrations rally incident incidents violence
    bombardment assault assaults exploded killed wounded injured died shot arrested detonated fire
    skirmish skirmishes firefight crossfire gunbattle massacre riots riot accident crash""".split()
)


def _linked(passage: Passage, first: int, last: int, name: Name) -> Iterator[str]:
    """Yield what the phrase with the name hangs on: the trigger, a time, another event, a noun."""
    index, steps = name.first - 1, 0
    while index >= 0 and steps < 9 and passage.keys[index] not in _PREPOSITIONS - {"of"}:
        index, steps = index - 1, steps + 1
    if index < 0 or steps == 9:
        yield "hangs=nothing"
        return
    head = index - 1
    governing = passage.keys[index]
    if head < 0:
        yield "hangs=start"
    elif first <= head < last:
        yield "hangs=trigger"
    elif any(m.first <= head < m.last for m in passage.moments) or passage.keys[head] in _DAYS:
        yield f"hangs=time,{'after' if head >= last else 'before'}"
    elif passage.keys[head] in _EVENTFUL:
        yield f"hangs=event,{'after' if head >= last else 'before'}"
        yield f"hangs=event,{governing}"
    else:
        yield f"hangs={passage.keys[head]}"
        yield f"hangs=word,{governing},{'after' if head >= last else 'before'}"


_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today morning evening night
    afternoon week month year""".split()
)


# Verbs that take their place alike: the victims', the territory's, the crowd's.
_GROUPS = {
    "kill": "kill shoot murder wound injur die execut gunn stabb behead assassinat massacr found burn hurt",
    "take": "captur seiz liberat enter storm raid invad recaptur retak overrun secur advanc control clear",
    "crowd": "march demonstrat protest rally gather clash",
    "fire": "bomb shell target destroy strik hit pound launch attack pummel fir ambush",
    "blast": "detonat explod rip occurr erupt went",
    "watch": "patrol guard deploy",
    "seize": "arrest detain kidnap abduct",
    "say": "said told claim report announc add confirm accus warn condemn denounc",
}
_GROUP = {verb: group for group, verbs in _GROUPS.items() for verb in verbs.split()}


def _form(key: str) -> str:
    return "ing" if key.endswith("ing") else "ed" if key.endswith("ed") else "other"


def absence(passage: Passage, first: int, last: int, *, lemma: str, names: Sequence[Name]) -> Iterator[str]:
    """Yield what speaks for or against the sentence naming no place of the event at all."""
    group, form = _GROUP.get(lemma, "other"), _form(passage.keys[first])
    yield "none"
    yield f"none,verb={lemma}"
    yield f"none,group={group},{form}"
    yield f"none,names={min(len(names), 4)}"
    yield f"none,group={group},names={min(len(names), 3)}"
    before = passage.keys[max(0, first - 2) : first]
    for key in before:
        if key in _UNREAL or key in _BE:
            yield f"none,before={key}"
    if first + 1 < len(passage.keys):
        following = passage.keys[last] if last < len(passage.keys) else ""
        yield f"none,next={following if following in _PREPOSITIONS else 'word'}"
    for key in sorted(
        {"since", "who", "people", "alleged", "accused", "trial", "war", "years"} & set(passage.keys)
    ):
        yield f"none,has={key}"
    clause = passage.clauses[first]
    if not any(passage.clauses[name.first] == clause for name in names):
        yield "none,clause"
    yield f"none,{'spots' if any(not n.is_country for n in names) else 'countries'}"


_UNREAL = frozenset("to will would could not may might should if".split())
_BE = frozenset("was were been being is are be have has had".split())


def _bucket(words: int) -> str:
    return next((f"<{limit}" for limit in (2, 4, 7, 12, 20) if words < limit), ">=20")


def _neighbors(passage: Passage, name: Name, others: Sequence[Name]) -> Iterator[str]:
    for other in others:
        if 0 <= other.first - name.last <= 4:
            joint = passage.keys[name.last : other.first]
            comma = "," in passage.gap(name.last)
            if (not joint and comma) or set(joint) & {"in", "of", "north", "south", "east", "west", "from"}:
                yield "specific"
            elif set(joint) & {"and", "or"} or comma:
                yield "listed"
            elif not joint:
                yield "compound"
        if 0 <= name.first - other.last <= 4:
            joint = passage.keys[other.last : name.first]
            comma = "," in passage.gap(other.last)
            if (not joint and comma) or set(joint) & {"in", "of", "north", "south", "east", "west", "from"}:
                yield "container"
            elif set(joint) & {"and", "or"} or comma:
                yield "listed"
            elif not joint:
                yield "compounded"


def _shape(passage: Passage, name: Name, governing: str) -> Iterator[str]:
    kind = "country" if name.is_country else "area" if name.is_area else "spot"
    yield f"kind={kind}"
    yield f"kind={kind},{governing or 'none'}"
    text = passage.tokens[name.last - 1].text
    following = passage.keys[name.last] if name.last < len(passage.keys) else ""
    tail = passage.gap(name.last)
    if text[-2:] in {"'s", "’s"} or tail.startswith(("'s", "’s")):
        yield "possessive"
    elif following in _VERBAL:
        yield "subject"
    elif following in _LOCALITY and following not in {"and", "or", "the", "a"} and "," not in tail:
        yield "attributive"
    if following in _LOCALITY:
        yield f"tail={following}"
    before = passage.keys[name.first - 1] if name.first else ""
    yield f"ahead={before}"
    if tail.startswith("-"):
        yield "hyphen"
    if following in {"based", "backed", "led", "born", "bound"}:
        yield "origin"
    if name.first == 0:
        yield "first"


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for _, row in read_rows(table_path("event_location.csv"))}


# How much more likely a name must be than no place at all; chosen where precision meets recall.
_MARGIN = 0.0


def locate(passage: Passage, first: int, last: int, *, lemma: str) -> Located | None:
    """Return the name of the passage that the event at words `first` to `last` happened at, if any."""
    names = _nearest(_without_asides(passage, place_names(passage)), first)
    if not names:
        return None
    weights = _weights()

    def weigh(seen: Iterator[str]) -> float:
        return sum(weights.get(feature, 0.0) for feature in seen)

    scores = [weigh(features(passage, first, last, lemma=lemma, names=names, name=name)) for name in names]
    nowhere = weigh(absence(passage, first, last, lemma=lemma, names=names))
    best = max(range(len(names)), key=lambda i: (scores[i], -i))
    struck = next((i for i, n in enumerate(names) if _is_struck(passage, first, lemma=lemma, name=n)), None)
    if struck is not None:
        best = struck
    elif scores[best] < nowhere + _MARGIN:
        return None
    top = max(scores[best], nowhere)
    total = sum(math.exp(score - top) for score in (*scores, nowhere))
    chosen = _narrowed(passage, names, best)
    how = "it is what was hit, or what the event goes by" if struck is not None else None
    return _located(passage, chosen, math.exp(scores[best] - top) / total, how=how)


# "Kherson with drones and Kharkiv with rockets": what may stand between two places struck at once.
_JOINS = frozenset("with and drones missiles rockets artillery bombs shells mortars".split())
_LONGEST_JOIN = 4


def beside(located: Located, passage: Passage) -> Located | None:
    """Return the second place of a pair that shares the event: Y in "bombed X and Y"."""
    name = located.name
    if name.is_area or name.resolution.place is None or preposition(passage, name)[0] == "between":
        return None
    other = next((n for n in place_names(passage) if n.first > name.first), None)
    if other is None or other.is_area or other.resolution.place is None:
        return None
    between = passage.keys[name.last : other.first]
    is_pair = between[-1:] == ("and",) and len(between) <= _LONGEST_JOIN and _JOINS.issuperset(between)
    same = other.resolution.place.country == name.resolution.place.country
    if not is_pair or not same or any("," in passage.gap(i) for i in range(name.last, other.first + 1)):
        return None
    how = f"it is named in one breath with {name.resolution.toponym.text!r}"
    return replace(_located(passage, other, located.probability, how=how), precision=located.precision)


def known(located: Located, passage: Passage) -> Located:
    """Return the area named behind a name that means no known place: "Kuriga, Kaduna state"."""
    name = located.name
    if name.resolution.place is not None:
        return located
    behind = next((n for n in place_names(passage) if n.first == name.last), None)
    if behind is None or not behind.is_area or "," not in passage.gap(behind.first):
        return located
    text = name.resolution.toponym.text
    how = f"{text!r} before it is no known place"
    return _located(passage, behind, located.probability, how=how)


def _is_struck(passage: Passage, first: int, *, lemma: str, name: Name) -> bool:
    """Whether the name is what was bombed or taken: "X was shelled" leaves no doubt where."""
    if name.last == first and passage.keys[first] in _NAMED_BY_PLACE and not passage.gap(first).strip():
        # "The Srebrenica massacre".
        return True
    between = passage.keys[name.last : first]
    if not between or _GROUP.get(lemma) not in {"fire", "take"} or preposition(passage, name)[0]:
        return False
    aside = _aside_after(passage, name)
    rest = [key for i, key in enumerate(between, start=name.last) if i >= aside]
    is_passive = any(key in _BE_ALONE for key in rest)
    return is_passive and all(
        key in _BE_ALONE | _BE or key.endswith("ly") or key in _LOCALITY for key in rest
    )


# Nouns of events that go by the name of their place.
_NAMED_BY_PLACE = frozenset("massacre massacres siege genocide".split())
_COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())
_LENGTHS = frozenset("km kilometer kilometers kilometre kilometres mile miles m meters metres".split())
# What may stand between a place and the distance that tells where it lies.
_LEADS_IN = frozenset(
    """some about around roughly nearly almost approximately just only over less more than an a the which that
    is are lies lie located situated lying sits city town village suburb hamlet settlement""".split()
)
_LONGEST_ASIDE = 12


def _aside_before(passage: Passage, name: Name) -> int | None:
    """Return where the words begin that make the name a mere point of reference, `None` if none do.

    "Some 45 km southwest of X", "across the river from X": X tells where another place lies.
    """
    keys, at = passage.keys, name.first - 1
    if at < 1 or keys[at] not in {"of", "from"}:
        return None
    start, measured = at - 1, False
    while start >= 0 and at - start < _LONGEST_ASIDE:
        key = keys[start]
        if key == "across" and keys[at] == "from":
            return start
        is_length = key in _LENGTHS
        measured = measured or is_length
        if not (is_length or key in _COMPASS or key[:1].isdigit() or key in _LEADS_IN or key == "to"):
            crosses = keys[at] == "from" and "across" in keys[max(0, start - 4) : start]
            if not crosses:
                break
        start -= 1
    return start + 1 if measured else None


def _without_asides(passage: Passage, names: list[Name]) -> list[Name]:
    """Return the names without those that only tell where another one of them lies."""
    dropped: set[int] = set()
    for name in names:
        begin = _aside_before(passage, name)
        if begin is None:
            continue
        if any(_is_told_where(passage, n, name, begin) for n in names if n is not name):
            dropped.add(name.first)
            dropped.update(n.first for n in names if begin <= n.first < name.first)
    return [n for n in names if n.first not in dropped]


def _is_told_where(passage: Passage, subject: Name, reference: Name, begin: int) -> bool:
    """Whether the words from `begin` to the reference tell where the subject lies."""
    if subject.is_area or subject.is_country:
        return False
    if subject.last <= begin:
        return all(key in _LEADS_IN for key in passage.keys[subject.last : begin])
    return subject.first == reference.last and "," in passage.gap(subject.first)


def _aside_after(passage: Passage, name: Name) -> int:
    """Return where the sentence goes on behind "X, some 45 km southwest of Y,"."""
    for other in passage.names:
        if other.first > name.last and other.first - name.last <= _LONGEST_ASIDE:
            begin = _aside_before(passage, other)
            if begin is not None and begin >= name.last and _is_told_where(passage, name, other, begin):
                return other.last
    return name.last


def _narrowed(passage: Passage, names: Sequence[Name], best: int) -> Name:
    """Return the name that the best one merely contains: "the X air base in Syria" is at X."""
    name = names[best]
    if not name.is_area or best == 0:
        return name
    inner = names[best - 1]
    between = passage.keys[inner.last : name.first]
    linked = len(between) <= 2 and ("in" in between or (not between and "," in passage.gap(name.first)))
    own, outer = inner.resolution.place, name.resolution.place
    same = own is not None and outer is not None and own.country == outer.country
    return inner if linked and same and not inner.is_country else name


# More names than this in one sentence are a list; the nearest ones decide, at bounded cost.
_MOST_NAMES = 12


def _nearest(names: list[Name], first: int) -> list[Name]:
    if len(names) <= _MOST_NAMES:
        return names
    near = sorted(names, key=lambda name: (abs(name.first - first), name.first))[:_MOST_NAMES]
    return sorted(near, key=lambda name: name.first)


def place_names(passage: Passage) -> list[Name]:
    """Return the names that an event may be at: literal ones outside the names of groups.

    "U.S." without a preposition is an adjective or a government, whatever its role says.
    """
    groups = [p for p in passage.parties if p.entry is not None and p.last - p.first > 1]
    found = []
    for name in passage.names:
        if not name.can_locate or any(p.first <= name.first and name.last <= p.last for p in groups):
            continue
        text = name.resolution.toponym.text
        if text in _SHORT and preposition(passage, name)[0] not in {"in", "across", "throughout", "inside"}:
            continue
        found.append(name)
    return found


_SHORT = frozenset({"U.S.", "US", "U.K.", "UK", "U.S", "USA"})


def _located(passage: Passage, name: Name, probability: float, *, how: str | None) -> Located:
    governing, near = preposition(passage, name)
    precision = 3 if name.is_area else 2 if near else 1
    if how is None:
        how = f"{governing!r} governs it" if governing else "the trigger takes it as object or subject"
        how = f"{how}, weight {probability:.2f}"
    return Located(name, probability, precision, how)
