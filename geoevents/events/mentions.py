"""Which words tell of an event, of what sort, and did it happen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass

from geoevents.events.passage import Passage
from geoevents.lexicon.triggers import Form, Sense, TriggerLexicon, WordClass
from geoevents.model import EventStatus, SubType

__all__ = ["GENERIC", "Mention", "find_mentions", "status_of"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A trigger at words `first` to `last` (excluded) of a passage.

    `weapon` is the sort that a weapon in the same sentence gives a plain attack. `is_generic` says
    that the word fits many sorts of attack ("strike", "targeted"), so that it may mean one told of
    elsewhere; `is_effect`, that it only tells what another event did.
    """

    passage: Passage
    first: int
    last: int
    _: KW_ONLY
    form: Form
    sense: Sense
    sub_type: SubType
    weapon: SubType | None
    is_generic: bool
    is_effect: bool

    @property
    def is_nominal(self) -> bool:
        """Whether it is a noun."""
        return self.form is Form.NOMINAL or (
            self.form is Form.FIXED and self.sense.trigger.split()[0] in {"the", "use"}
        )

    @property
    def clause(self) -> int:
        """The number of its clause."""
        return self.passage.clauses[self.first]

    @property
    def is_passive(self) -> bool:
        """Whether the verb stands in the passive, or as a participle with "by"."""
        if self.form not in {Form.PAST, Form.PARTICIPLE}:
            return False
        before = self.passage.keys[max(0, self.first - 4) : self.first]
        for key in reversed(before):
            if key in _BE:
                return True
            if not (key.endswith("ly") or key in {"also", "all", "then", "later", "not", "reportedly"}):
                break
        return "by" in self.passage.keys[self.last : self.last + 1]


GENERIC = frozenset(
    """strike attack raid assault target hit destroy blast explosion pound pummel operation offensive
    bombing storm shooting""".split()
)
_BE = frozenset("was were been being is are be got gets get".split())
_WEAPON_ORDER = (
    SubType.SUICIDE_BOMB,
    SubType.CHEMICAL_WEAPON,
    SubType.GRENADE,
    SubType.REMOTE_EXPLOSIVE,
    SubType.AIR_STRIKE,
    SubType.SHELLING,
)
_PLAIN = frozenset({SubType.ATTACK, SubType.ARMED_CLASH})
_PLAIN_WORDS = GENERIC | frozenset("kill wound injure die murder".split())
_TRUE_VERB_BEFORE = frozenset(
    "to will would could can may might must should not they we he she who which that did didnt".split()
)
_VERB_BEFORE = _TRUE_VERB_BEFORE - {"that"}
# "Murder trial", "kidnapping ring", "battle cry": the first noun only says what sort of second it is.
_HEADS = frozenset(
    """ring case cases trial trials investigation cry charge charges suspect suspects zone zones threat threats
    victim victims squad experts law laws gear insurance prevention warning warnings drill survivors survivor
    negotiator negotiators season movie footage scene tactics capability capabilities""".split()
)
_NOUN_FIRST = frozenset(
    "assault attack raid strike ambush massacre murder visit attacks strikes raids".split()
)
_ARTICLES = frozenset("the a an his her their its our".split())
_TRUE_NOUN_BEFORE = frozenset(
    """the a an this that these those his her their its our of in by after during for from on several
    many two three four five six any no new deadly latest recent heavy fierce first second last another
    each every fresh continued continuing some such planned""".split()
)
_FICTION = frozenset(
    """film movie novel book documentary exhibition museum memoir game videogame series play poem painting
    simulation simulated simulating rehearsal mock reenactment drill drills exercise exercises thriller
    soap sculpture""".split()
)


def find_mentions(passage: Passage, lexicon: TriggerLexicon) -> Iterator[Mention]:
    """Yield the triggers of a passage in order; the longest match wins, fiction is left out."""
    weapons: list[tuple[int, SubType]] = []
    found: list[tuple[int, int, Form, Sense]] = []
    taken = _taken(passage)
    after = 0
    for index in lexicon.starts(passage.keys):
        if index >= after:
            after = max(index + 1, _at(passage, lexicon, index, taken, found, weapons))
    for first, last, form, sense in found:
        if sense.sub_type is not None and not _is_fiction(passage, first):
            yield _mention(passage, first, last, form, sense, weapons)


def _taken(passage: Passage) -> frozenset[int]:
    """Return the words that belong to a date, a place name or a group's proper name."""
    spans = [(m.first, m.last) for m in passage.moments]
    spans += [(n.first, n.last) for n in passage.names]
    spans += [(p.first, p.last) for p in passage.parties if p.entry is not None and not p.entry.is_generic]
    return frozenset(index for first, last in spans for index in range(first, last))


def _at(
    passage: Passage,
    lexicon: TriggerLexicon,
    index: int,
    taken: frozenset[int],
    found: list[tuple[int, int, Form, Sense]],
    weapons: list[tuple[int, SubType]],
) -> int:
    """Record the trigger and the weapon that start at `index`; return where the trigger ends."""
    end = index
    for count, entries in lexicon.at(passage.keys, index):
        last = index + count
        for form, sense in entries:
            if sense.word_class is WordClass.WEAPON:
                if sense.sub_type is not None and sense.holds(passage.classes, index, last, bag=passage.bag):
                    weapons.append((index, sense.sub_type))
            elif (
                end == index
                and index not in taken
                and _fits(passage, index, last, form, sense)
                and sense.holds(passage.classes, index, last, bag=passage.bag)
            ):
                found.append((index, last, form, sense))
                end = last
    return end


def _fits(passage: Passage, first: int, last: int, form: Form, sense: Sense) -> bool:
    """Whether the word stands as the part of speech that the row is for."""
    if sense.word_class in {WordClass.PHRASE, WordClass.WEAPON}:
        return True
    if _only_describes(passage, first, last, form, sense):
        return False
    before = passage.keys[first - 1] if first else ""
    match form:
        case Form.NOMINAL:
            return not _looks_verbal(passage, first, last)
        case Form.BASE | Form.THIRD:
            return before in _VERB_BEFORE or not _looks_nominal(passage, first, last)
        case Form.GERUND:
            return before not in {"the", "a"}
        case _:
            return passage.keys[first] != "shot" or before not in {"a", "every", "the", "each", "no"}


_TERRITORY = frozenset({SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES})
_ADJECTIVAL = frozenset(
    """the a an its their this that in into inside of from to near across around throughout over at on for
    between through and outside off towards toward under""".split()
)


def _only_describes(passage: Passage, first: int, last: int, form: Form, sense: Sense) -> bool:
    """Whether it says what somebody or some place is, and tells of nothing done."""
    if passage.keys[first] == "fighting":
        return _describes(passage, first)
    is_past = form in {Form.PAST, Form.PARTICIPLE}
    return is_past and sense.sub_type in _TERRITORY and _is_attributive(passage, first, last)


def _is_attributive(passage: Passage, first: int, last: int) -> bool:
    """Whether a participle is but an adjective: "in occupied Crimea", "Russian-held Melitopol"."""
    if last >= len(passage.keys) or passage.gap(last).strip():
        return False
    before = first - 1
    if passage.gap(first).strip() == "-":
        return True
    while before >= 0 and first - before < 3 and passage.keys[before].endswith("ly"):
        before -= 1
    if before < 0:
        return "$place" in passage.classes[last]
    return passage.keys[before] in _ADJECTIVAL


def _describes(passage: Passage, first: int) -> bool:
    """Whether it says what somebody is: "rebels fighting the army", "where rebels have been fighting"."""
    if any(p.last == first for p in passage.parties):
        return True
    opener = passage.keys[passage.clauses.index(passage.clauses[first])]
    return passage.keys[first - 1 : first] == ("been",) and opener in {"where", "who", "which"}


def _looks_verbal(passage: Passage, first: int, last: int) -> bool:
    """Whether what may be a noun is a verb, or only qualifies the noun that follows."""
    before = passage.keys[first - 1] if first else ""
    after = passage.keys[last] if last < len(passage.keys) else ""
    if passage.keys[first].endswith("ing") and "," in passage.gap(first) and last == first + 1:
        # "..., killing 12" goes on with the clause before.
        return True
    if last - first > 1:
        return False
    touches = not passage.gap(last).strip()
    takes_object = after in _ARTICLES and before not in _TRUE_NOUN_BEFORE and touches
    return before in _VERB_BEFORE or takes_object or (after in _HEADS and touches)


def _looks_nominal(passage: Passage, first: int, last: int) -> bool:
    before = passage.keys[first - 1] if first else ""
    after = passage.keys[last] if last < len(passage.keys) else ""
    possessive = first > 0 and passage.tokens.texts[first - 1][-2:] in {"'s", "’s"}
    if passage.keys[first] in _NOUN_FIRST and after in {"on", "in", "at"}:
        return True
    return possessive or before in _TRUE_NOUN_BEFORE or after in {"of", "against", "by", "s"}


def _is_fiction(passage: Passage, first: int) -> bool:
    clause = passage.clauses[first]
    for index in range(max(0, first - 8), min(len(passage.keys), first + 4)):
        if passage.keys[index] in _FICTION and abs(passage.clauses[index] - clause) <= 1:
            return True
    return False


def _mention(
    passage: Passage, first: int, last: int, form: Form, sense: Sense, weapons: list[tuple[int, SubType]]
) -> Mention:
    assert sense.sub_type is not None
    lemma = sense.trigger.split()[-1] if form is Form.NOMINAL else sense.trigger.split()[0]
    is_effect = sense.word_class is WordClass.EFFECT
    weapon = _weapon(passage, first, weapons)
    sub_type = sense.sub_type
    if weapon is not None and _shifts(sub_type, weapon, is_plain=is_effect or lemma in _PLAIN_WORDS):
        sub_type = weapon
    return Mention(
        passage,
        first,
        last,
        form=form,
        sense=sense,
        sub_type=sub_type,
        weapon=weapon,
        is_generic=sense.trigger in GENERIC,
        is_effect=is_effect or sense.trigger in {"kill", "destroy"},
    )


def _shifts(sub_type: SubType, weapon: SubType, *, is_plain: bool) -> bool:
    """Whether the weapon tells more of the sort than the trigger does."""
    if sub_type in _PLAIN:
        return is_plain
    if weapon is SubType.CHEMICAL_WEAPON:
        return sub_type in {SubType.SHELLING, SubType.AIR_STRIKE, SubType.REMOTE_EXPLOSIVE}
    return sub_type is SubType.REMOTE_EXPLOSIVE and weapon in {SubType.SUICIDE_BOMB, SubType.GRENADE}


def _weapon(passage: Passage, first: int, weapons: list[tuple[int, SubType]]) -> SubType | None:
    clause = passage.clauses[first]
    near = {sort for index, sort in weapons if abs(passage.clauses[index] - clause) <= 1}
    return next((sort for sort in _WEAPON_ORDER if sort in near), None)


_NEGATIONS = frozenset("not never no without neither nor nobody none cannot".split())
_NEGATED = frozenset("didnt wasnt werent hasnt havent hadnt dont doesnt isnt arent wont cant couldnt".split())
_MODAL = frozenset(
    """will would could may might shall should plan plans planned planning threaten threatens threatened
    threatening threat warn warned warns warning vow vowed vows vowing intend intends intended prepare
    preparing prepares prepared scheduled expected upcoming imminent potential possible risk fear fears
    feared urge urged urges urging proposed propose demand demanded demands want wants wanted hope hopes
    hoped ahead if unless hypothetical ready readying call called calls calling seek seeking seeks agreed
    agree order ordered attempt attempting avoid prevent preventing encourage consider considering
    considers considered likely ability able aims aim aimed prospect scenario discourage deter avert
    against""".split()
)
_WEAK_MODAL = frozenset("against agreed agree order ordered able attempt called call calls wanted".split())
_DID = frozenset("began begin begins continued continue continues managed went used helped started".split())
# Who came to do so did: "visited Syria to meet Assad".
_MADE_TO = frozenset(
    "forced forcing drove driven driving compelled compelling caused causing prompted prompting".split()
)
_CAME = frozenset("visited arrived traveled travelled flew came went".split())
_PAST = frozenset(
    """anniversary commemorate commemorated commemorates commemorating commemoration memorial historic
    historical remember remembered remembers remembering decades centuries century 1940s 1950s 1960s 1970s 1980s
    1990s veterans veteran""".split()
)


def status_of(mention: Mention) -> tuple[EventStatus, str]:
    """Return whether the text says that it happened, and why, in words.

    Past and unhedged is factual; the date may still make it background.
    """
    passage, first = mention.passage, mention.first
    clause = mention.clause
    start = first
    while start > 0 and first - start < 8 and passage.clauses[start - 1] == clause:
        start -= 1
    # "On 3 May" is no "may".
    timeless = {i for m in passage.moments for i in range(m.first, m.last)}
    before = tuple(passage.keys[i] for i in range(start, first) if i not in timeless)
    tail = before[-3:]
    denied = _denial(passage, mention, before)
    if denied:
        return EventStatus.DENIED, f"{denied!r} denies it"
    modal = _modality(mention, before, tail)
    if modal:
        return EventStatus.PLANNED, f"{modal!r} says that it is yet to come"
    window = passage.keys[_told_from(mention) : mention.last + 6]
    past = next((key for key in window if key in _PAST), None)
    if past:
        return EventStatus.BACKGROUND, f"{past!r} says that it is past history"
    return EventStatus.FACTUAL, "told as done"


def _told_from(mention: Mention) -> int:
    """Return where the words begin that say when it was told of: those of a relative's noun too.

    In "the anniversary of the massacre, in which 8,000 died" the deaths are as long past.
    """
    passage, first = mention.passage, mention.first
    begin = max(0, first - 10)
    opener = passage.clauses.index(mention.clause)
    if passage.keys[opener] in {"which", "when", "where", "that", "who"} and first - opener < 10:
        begin = min(begin, max(0, opener - 10))
    return begin


def _denial(passage: Passage, mention: Mention, before: tuple[str, ...]) -> str | None:
    if not before and mention.first:
        # A verb of speech opens its own clause; its subject, and "no", stand in the one before.
        before = passage.keys[max(0, mention.first - 3) : mention.first]
    tail = before[-4:]
    for key in reversed(tail):
        if key in _NEGATED or (key in _NEGATIONS and not _counts_nobody(passage, mention)):
            return key
    deny = next((i for i in range(len(before) - 1, -1, -1) if before[i].startswith(("deny", "deni"))), None)
    if deny is not None and not set(before[deny:]) & {
        "responsibility",
        "involvement",
        "role",
        "link",
        "links",
    }:
        return before[deny]
    # "denied that its jets had bombed": the denial stands in the clause before.
    outer = [
        key
        for key, clause in zip(passage.keys[: mention.first], passage.clauses, strict=False)
        if clause == mention.clause - 1
    ][-4:]
    opener = passage.clauses.index(mention.clause)
    if passage.keys[opener] == "that" and outer and outer[-1] in {"denied", "denies", "denying", "deny"}:
        return outer[-1]
    return None


def _counts_nobody(passage: Passage, mention: Mention) -> bool:
    """Whether "no" counts the victims ("no one was killed") and denies no event."""
    around = passage.keys[max(0, mention.first - 4) : mention.last + 3]
    return mention.is_effect or bool({"casualties", "injuries", "one"} & set(around))


def _modality(mention: Mention, before: tuple[str, ...], tail: tuple[str, ...]) -> str | None:
    if mention.form in {Form.PAST, Form.PARTICIPLE} and not (set(tail) & {"be", "have"}):
        # "had warned ... attacked": a past verb of its own is told as done.
        return "if" if "if" in before else None
    if tail and tail[-1] == "to" and mention.form in {Form.BASE, Form.FIXED}:
        is_done = (len(tail) > 1 and tail[-2] in _DID) or (
            mention.sub_type in {SubType.MEETING, SubType.VISIT} and _CAME & set(before)
        )
        # "Fighting has forced some 3,000 families to flee": they did.
        if is_done or (mention.sub_type is SubType.DISPLACEMENT and _MADE_TO & set(before)):
            return None
        return "to"
    strong = _MODAL - _WEAK_MODAL
    if mention.is_nominal:
        passage = mention.passage
        timeless = {i for m in passage.moments for i in range(m.first, m.last)}
        for index in range(mention.last, min(len(passage.keys), mention.last + 6)):
            # "an assault on the city could ..."
            is_own = passage.clauses[index] == mention.clause and index not in timeless
            if is_own and passage.keys[index] in {"could", "would", "might", "may", "will"}:
                return passage.keys[index]
        return next((key for key in reversed(tail) if key in strong - {"may", "likely"}), None)
    return next((key for key in reversed(before[-5:]) if key in strong), None)
