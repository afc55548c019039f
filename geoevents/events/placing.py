"""What speaks for an event having happened at a place that its sentence names, and what for none of them?

Each name is seen from the word of the event: on which side it stands, what governs it, which verbs, clauses
and names lie between. The answers are strings, the rows of `data/event_location.csv` weigh them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass

from geoevents.events.candidates import candidates
from geoevents.events.passage import Name, Passage
from geoevents.events.prepositions import LOCALITY, PREPOSITIONS, SETTING, VERBAL, preposition
from geoevents.lexicon.people import common_words, given_names
from geoevents.lexicon.speech import FINITE_VERBS, VERB_FORMS
from geoevents.model import ToponymRole
from geoevents.text import Memo

__all__ = ["Scene", "Spot", "absence", "features", "form_of", "group_of", "scene_of"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A name with what the sentence alone says of it, whatever the event; `hints` are weighed once."""

    name: Name
    governing: str
    near: bool
    _: KW_ONLY
    is_known: bool
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The names of a passage that may say where, and the class of each word and gap."""

    passage: Passage
    spots: tuple[Spot, ...]
    _: KW_ONLY
    classes: tuple[str, ...]
    stops: tuple[str, ...]
    hints: tuple[str, ...]


# --- classes of words ---------------------------------------------------------------------------

_RELATIVE = frozenset(
    "who whom whose which that where when while because although though if but whereas as".split()
)
_AUXILIARY = frozenset(
    "is was are were has have had will would can could may might be been being do does did should must".split()
)
_JOINING = frozenset("and or".split())
_DETERMINERS = frozenset("the a an his her their its this that these those some".split())
_PREPOSITIONS = PREPOSITIONS - {"as"} | {"amid"}
_NO_VERBS = frozenset(
    """including bombing shelling fighting shooting building morning evening according during nothing something
    anything being red united bed bred hundred shed need indeed speed feed wedding king ring string spring
    thing bring sing wing""".split()
)
_TOLLS = frozenset("killing wounding injuring".split())
_SMALL_WORDS = (
    dict.fromkeys(_NO_VERBS | _DETERMINERS, "")
    | dict.fromkeys(_JOINING, "&")
    | dict.fromkeys(_RELATIVE, "R")
    | {key: key for key in _PREPOSITIONS}
    | dict.fromkeys(_AUXILIARY, "x")
)


def _class_of(passage: Passage, index: int, capitals: frozenset[int] | None) -> str:
    """Return what a word is to the syntax: a preposition itself, "x" an auxiliary, "V" and "G" verbs.

    `capitals` are the words of names in a text that is all in capitals, `None` in any other.
    """
    key = passage.keys[index]
    small = _SMALL_WORDS.get(key)
    if small is not None:
        return small
    is_name = passage.tokens.texts[index][:1].isupper() if capitals is None else index in capitals
    if index and is_name:
        return "N"
    if key in FINITE_VERBS or key in VERB_FORMS or (key.endswith("ed") and len(key) > 4):
        return "" if index > 0 and passage.keys[index - 1] in _DETERMINERS else "V"
    return "G" if key in _TOLLS or (key.endswith("ing") and len(key) > 5) else ""


def _stop(gap: str) -> str:
    if gap == " ":
        return ""
    return "," if "," in gap else ";" if any(mark in gap for mark in ';:—–()"“”') else ""


_STOPS = Memo(_stop, limit=4096)


def scene_of(passage: Passage) -> Scene:
    """Return the passage with its candidates, each read once for all events of the passage."""
    names = candidates(passage)
    if not names:
        return Scene(passage, (), classes=(), stops=(), hints=())
    capitals = None
    if passage.is_shouting:
        spans = [(n.first, n.last) for n in passage.names] + [(p.first, p.last) for p in passage.parties]
        capitals = frozenset(i for first, last in spans for i in range(first, last))
    classes = tuple(_class_of(passage, i, capitals) for i in range(len(passage.keys)))
    stops = ("", *map(_STOPS.__getitem__, passage.tokens.gaps[1:-1]))
    spots = []
    for name in names:
        governing, near = preposition(passage, name)
        is_known = name.resolution.place is not None
        hints = tuple(_standing_alone(passage, names, name, governing=governing, near=near))
        spots.append(Spot(name, governing, near, is_known=is_known, hints=hints))
    hints = tuple(_sentence(passage, names))
    return Scene(passage, tuple(spots), classes=classes, stops=stops, hints=hints)


# --- what the sentence alone says -----------------------------------------------------------------


def _standing_alone(
    passage: Passage, names: tuple[Name, ...], name: Name, *, governing: str, near: bool
) -> Iterator[str]:
    """Yield what is said of the name whatever the event: its kind, its neighbors, its preposition."""
    yield from ("bias", "alone" if len(names) == 1 else "others")
    yield f"prep={governing or 'none'}"
    if near:
        yield "near"
    if name.resolution.toponym.role is ToponymRole.METONYM:
        yield from ("metonym", f"metonym,{governing or 'none'}")
    yield from _neighbors(passage, names, name)
    yield from _shape(passage, name, governing)
    yield from _unknown(passage, name, governing)
    yield from _around(passage, name)
    spots = [n for n in names if not n.is_country]
    if spots == [name]:
        yield "only spot"
    elif name.is_country and spots:
        yield "country beside spots"


def _neighbors(passage: Passage, names: tuple[Name, ...], name: Name) -> Iterator[str]:
    for other in names:
        if other is name:
            continue
        if _encloses(passage, name, other):
            yield "wide"
        elif _encloses(passage, other, name):
            yield "narrow"
        if 0 <= other.first - name.last <= 4:
            yield _joint(passage, name, other, ("specific", "compound"))
            if other.first - name.last <= 3 and _is_possessive(passage, name):
                yield "owns"
        elif 0 <= name.first - other.last <= 4:
            yield _joint(passage, other, name, ("container", "compounded"))
            if name.first - other.last <= 3 and _is_possessive(passage, other):
                yield "owned"


_LONGEST_ENCLOSING = 6


def _encloses(passage: Passage, outer: Name, inner: Name) -> bool:
    """Whether a noun says the one name to be of the other: "the Harare township of Highfield"."""
    between = passage.keys[outer.last : inner.first]
    if not 0 < len(between) <= _LONGEST_ENCLOSING or "," in passage.gap(outer.last):
        return False
    is_named = between[-1] == "of" or "," in passage.gap(inner.first)
    return is_named and all(k == "of" or k in LOCALITY - {"and", "or", "the", "a"} for k in between)


_CONTAINED = frozenset("in of north south east west from".split())


def _joint(passage: Passage, first: Name, second: Name, roles: tuple[str, str]) -> str:
    """Return how two names that stand close together are joined."""
    between = passage.keys[first.last : second.first]
    comma = "," in passage.gap(first.last)
    if (not between and comma) or not _CONTAINED.isdisjoint(between):
        return roles[0]
    if comma or not _JOINING.isdisjoint(between):
        return "listed"
    return roles[1] if not between else "apart"


def _is_possessive(passage: Passage, name: Name) -> bool:
    return passage.tokens.texts[name.last - 1][-2:] in {"'s", "’s"} or passage.gap(name.last).startswith(
        ("'s", "’s")
    )


def _shape(passage: Passage, name: Name, governing: str) -> Iterator[str]:
    kind = "country" if name.is_country else "area" if name.is_area else "spot"
    yield f"kind={kind}"
    yield f"kind={kind},{governing or 'none'}"
    place = name.resolution.place
    if place is not None:
        yield f"kind={place.kind.value}"
    following = passage.keys[name.last] if name.last < len(passage.keys) else ""
    tail = passage.gap(name.last)
    if _is_possessive(passage, name):
        yield "possessive"
        if place is None:
            yield "unknown,possessive"
    elif following in VERBAL:
        yield "subject"
    elif following in LOCALITY and following not in {"and", "or", "the", "a"} and "," not in tail:
        yield "attributive"
    if tail.startswith("-"):
        yield "hyphen"
    if following in {"based", "backed", "led", "born", "bound"}:
        yield "origin"
    if name.first == 0:
        yield "first"


def _unknown(passage: Passage, name: Name, governing: str) -> Iterator[str]:
    """Yield how a name that no gazetteer has looks: a person's, a group's, a place's."""
    keys = passage.keys[name.first : name.last]
    yield f"last={keys[-1]}"
    if not common_words().isdisjoint(keys):
        yield "common"
    if name.resolution.place is not None:
        return
    yield from ("unknown", f"unknown,{governing or 'none'}")
    yield f"tail={keys[-1][-3:]}"
    yield f"tail={keys[-1][-2:]}"
    yield f"head={keys[0]}"
    if keys[0] in given_names():
        yield "given" if governing else "given,bare"
    if len(keys) > 1:
        yield "unknown,long"
    if not governing:
        yield f"unknown,bare,{len(keys)}"
    if name.first == 0:
        yield "unknown,first"


def _around(passage: Passage, name: Name) -> Iterator[str]:
    """Yield the words and marks right before and behind the name."""
    following = passage.keys[name.last] if name.last < len(passage.keys) else "."
    yield f"next={following}"
    if name.last < len(passage.keys):
        yield f"next mark={passage.gap(name.last).strip()[:1]}"
    before = passage.keys[name.first - 1] if name.first else "^"
    yield f"ahead={before}"
    yield f"ahead={before},{name.resolution.place is not None}"
    if name.first > 1:
        yield f"ahead={passage.keys[name.first - 2]} {before}"


def _sentence(passage: Passage, names: tuple[Name, ...]) -> Iterator[str]:
    """Yield what the sentence as a whole says for or against a place being named at all."""
    keys, known = passage.keys, sum(n.resolution.place is not None for n in names)
    yield f"none,names={min(len(names), 4)}"
    yield f"none,known={min(known, 2)},unknown={min(len(names) - known, 2)}"
    yield f"none,length={min(len(keys) // 8, 6)}"
    yield f"none,{'spots' if any(not n.is_country for n in names) else 'countries'}"
    yield f"none,first={keys[0]}"
    yield f"none,opens={' '.join(keys[:2])}"
    told = keys
    if not passage.is_shouting:
        told = tuple(k for k, text in zip(keys, passage.tokens.texts, strict=True) if text.islower())
    yield from map("none,has=".__add__, dict.fromkeys(told))


# --- seen from the event --------------------------------------------------------------------------

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


def group_of(lemma: str) -> str:
    """Return the group of verbs that take their place alike, "other" for none."""
    return _GROUP.get(lemma, "other")


def form_of(key: str) -> str:
    """Return "ing", "ed" or "other" for the form of the event's word."""
    return "ing" if key.endswith("ing") else "ed" if key.endswith("ed") else "other"


def features(scene: Scene, spot: Spot, first: int, last: int, *, lemma: str) -> Iterator[str]:
    """Yield what speaks for or against the event at words `first` to `last` being at `spot`.

    What the sentence alone says of it, `spot.hints`, comes on top.
    """
    name, group, form = spot.name, group_of(lemma), form_of(scene.passage.keys[first])
    is_after = name.first >= last
    side = "after" if is_after else "before"
    governing = spot.governing or "none"
    begin, end = (last, name.first) if is_after else (name.last, first)
    clauses = min(2, abs(scene.passage.clauses[name.first] - scene.passage.clauses[first]))
    crossed = min(2, sum(1 for s in scene.spots if s is not spot and begin <= s.name.first < end))
    distance = _bucket(end - begin)
    yield side
    yield f"prep={governing},{side}"
    yield f"distance={distance},{side}"
    yield f"clauses={clauses},{side}"
    yield f"clauses={clauses},{'prep' if spot.governing else 'bare'}"
    yield f"crossed={crossed},{side}"
    yield f"verb={lemma}"
    yield f"verb={lemma},{governing}"
    yield f"group={group},{governing},{side}"
    yield f"group={group},{side},{clauses},{crossed}"
    yield f"group={group},{'country' if name.is_country else 'spot'},{side}"
    yield f"form={form},{side}"
    yield f"form={form},{governing},{side},{min(clauses, 1)}"
    yield f"form={form},{side},distance={distance}"
    if not spot.is_known and not spot.governing:
        yield f"unknown,bare,{group}"
    if not spot.is_known:
        yield f"unknown,{governing},{side}"
    if name.first <= 3 and spot.governing and not is_after:
        yield "topic"
    yield from _between(scene, spot, begin, end, side=side, lemma=lemma)
    yield from _path(scene, spot, begin, end, side=side, group=group)
    yield from _nearest_verb(scene, spot, first, last, group=group)
    yield from _ranked(scene, spot, first, last)
    yield from _linked(scene, spot, first, last, group=group)


def _bucket(words: int) -> str:
    return next((f"<{limit}" for limit in (2, 4, 7, 12, 20) if words < limit), ">=20")


_BE_ALONE = frozenset("was were been being is are".split())
_UNCERTAIN = frozenset("to will would could not may might should".split())
_LINKS = frozenset(
    """by and who which that when where after before during since to for as against with while but in on
    of from at near told said into between""".split()
)
_ERAS = frozenset("war conflict crisis since independence".split())


def _between(scene: Scene, spot: Spot, begin: int, end: int, *, side: str, lemma: str) -> Iterator[str]:
    """Yield which telling words stand between the event and the name."""
    passage, group = scene.passage, group_of(lemma)
    words = set(passage.keys[begin:end])
    if side == "after" and all(
        key in LOCALITY or key == "of" or _is_adjective(passage, begin + n)
        for n, key in enumerate(passage.keys[begin:end])
    ):
        yield from ("object", f"object,{group}", f"object,{lemma}")
    if words & VERBAL:
        yield f"verbs,{side}"
    for word in sorted(_LINKS & words):
        yield f"link={word},{side}"
    if _ERAS & words:
        yield "era"
    if side == "before" and not spot.governing and _BE_ALONE & words:
        yield from ("passive", f"passive,{group}")
    event = end if side == "before" else begin
    if event and passage.keys[event - 1] in _UNCERTAIN:
        yield "unreal"


def _is_adjective(passage: Passage, index: int) -> bool:
    return any(p.first <= index < p.last and p.entry is None for p in passage.parties)


_LONGEST_PATH = 7


def _path(scene: Scene, spot: Spot, begin: int, end: int, *, side: str, group: str) -> Iterator[str]:
    """Yield the chain of prepositions, verbs, names and marks between: what a parse would go by."""
    path: list[str] = []
    for index in range(begin, end):
        if scene.stops[index]:
            path.append(scene.stops[index])
        word = scene.classes[index]
        if word and not (word == "N" and path and path[-1] == "N"):
            path.append(word)
    if end < len(scene.stops) and scene.stops[end] == ",":
        path.append(",")
    if len(path) <= _LONGEST_PATH:
        yield f"path={side}:{'.'.join(path)}"
        if len(path) <= 4:
            yield f"path={side}:{'.'.join(path)},{group}"
    yield f"path<{side}:{'.'.join(path[:3])}"
    yield f"path>{side}:{'.'.join(path[-3:])}"
    verbs = ".".join(step for step in path if step in {"V", "G", "R", "x", ";"})
    yield f"verbs={side}:{verbs}" if len(verbs) < 12 else f"verbs={side}:many"
    if len(verbs) < 8:
        yield f"verbs={side}:{verbs},{group}"
    count = sum(step in {"V", "G"} for step in path)
    yield f"verbs={min(count, 3)},{side},{spot.governing or 'none'}"
    if "," in path:
        yield f"comma,{side}"


def _nearest_verb(scene: Scene, spot: Spot, first: int, last: int, *, group: str) -> Iterator[str]:
    """Yield which verb the name stands behind: the event's own, another one, or none."""
    kind, word = "none", ""
    for index in range(spot.name.first - 1, -1, -1):
        if first <= index < last:
            kind = "own"
            break
        if scene.classes[index] in {"V", "G"}:
            kind = ("later" if index >= last else "earlier") + scene.classes[index]
            word = scene.passage.keys[index]
            break
    yield f"behind={kind}"
    yield f"behind={kind},{spot.governing or 'none'}"
    yield f"behind={kind},{group}"
    if word:
        yield f"behind={word}"


def _ranked(scene: Scene, spot: Spot, first: int, last: int) -> Iterator[str]:
    """Yield how the name stands among the others: alone in its clause, the first one set by "in"."""
    clauses = scene.passage.clauses
    own = [s for s in scene.spots if clauses[s.name.first] == clauses[first]]
    is_own = spot in own
    if own == [spot]:
        yield "only in clause"
    elif own and not is_own:
        yield "others in clause"
    behind = [s for s in scene.spots if s.name.first >= last and s.governing in SETTING]
    if behind and behind[0] is spot:
        yield f"first set behind,{'own' if is_own else 'far'}"
    ahead = [s for s in scene.spots if s.name.last <= first and s.governing in SETTING]
    if ahead and ahead[-1] is spot:
        yield f"last set ahead,{'own' if is_own else 'far'}"
        yield "last set ahead,none behind" if not behind else "last set ahead,some behind"
    elif ahead and ahead[0] is spot:
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
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today morning evening night
    afternoon week month year""".split()
)
_LONGEST_PHRASE = 9
_HANGING = PREPOSITIONS - {"of"}


def _linked(scene: Scene, spot: Spot, first: int, last: int, *, group: str) -> Iterator[str]:
    """Yield what the phrase with the name hangs on: the event, a time, another event, a noun."""
    keys = scene.passage.keys
    index, steps = spot.name.first - 1, 0
    while index >= 0 and steps < _LONGEST_PHRASE and keys[index] not in _HANGING:
        index, steps = index - 1, steps + 1
    if index < 0 or steps == _LONGEST_PHRASE:
        yield "hangs=nothing"
        return
    head, governing = index - 1, keys[index]
    side = "after" if head >= last else "before"
    if head < 0:
        yield "hangs=start"
    elif first <= head < last:
        yield "hangs=trigger"
    elif keys[head] in _DAYS or any(m.first <= head < m.last for m in scene.passage.moments):
        yield f"hangs=time,{side}"
    elif keys[head] in _EVENTFUL:
        yield f"hangs=event,{side}"
        yield f"hangs=event,{governing}"
        yield f"hangs=event,{group},{side}"
    else:
        yield f"hangs={keys[head]}"
        yield f"hangs=word,{governing},{side}"
        yield f"hangs={keys[head]},{group}"


_BE = frozenset("was were been being is are be have has had".split())
_PASSIVE = frozenset("was were been being are is be".split())
_UNREAL = frozenset("to will would could not may might should if".split())
_NEAR_WORDS = (-4, -3, -2, -1, 1, 2, 3, 4)


def absence(scene: Scene, first: int, last: int, *, lemma: str) -> Iterator[str]:
    """Yield what speaks for or against the sentence naming no place of the event at all.

    What the sentence alone says, `scene.hints`, comes on top.
    """
    keys, group, form = scene.passage.keys, group_of(lemma), form_of(scene.passage.keys[first])
    yield "none"
    yield f"none,verb={lemma}"
    yield f"none,word={keys[first]}"
    yield f"none,group={group},{form}"
    yield f"none,group={group},names={min(len(scene.spots), 3)}"
    before = keys[max(0, first - 2) : first]
    for key in before:
        if key in _UNREAL or key in _BE:
            yield f"none,before={key}"
    following = keys[last] if last < len(keys) else "."
    yield f"none,next={following}"
    yield f"none,last={before[-1] if before else '^'}"
    yield f"none,last two={' '.join(before)}"
    passive = bool(_PASSIVE.intersection(keys[max(0, first - 3) : first]))
    yield f"none,passive={passive},{group}"
    yield f"none,passive={passive},{keys[first]}"
    clause = scene.passage.clauses[first]
    if not any(scene.passage.clauses[s.name.first] == clause for s in scene.spots):
        yield "none,clause"
    yield f"none,opens={_opener(scene, first)}"
    for step in _NEAR_WORDS:
        at = first + step if step < 0 else last + step - 1
        if 0 <= at < len(keys):
            yield f"none,at {step:+d}={keys[at]}"
            yield f"none,by={keys[at]}"


def _opener(scene: Scene, first: int) -> str:
    """Return the word that makes the clause of the event a dependent one, "" if none does."""
    for index in range(first - 1, -1, -1):
        if scene.classes[index] == "R" or scene.passage.keys[index] == "to":
            return scene.passage.keys[index]
        if scene.classes[index] in {"V", "x"}:
            break
    return ""
