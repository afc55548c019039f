"""Which words tell of an event, and of what sort?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass

from geoevents.events.passage import Passage
from geoevents.lexicon.triggers import Form, Sense, TriggerLexicon, WordClass
from geoevents.model import SubType

__all__ = ["GENERIC", "Mention", "find_mentions"]


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
        """Whether the verb stands in the passive, or as a participle with "by".

        "Hit" and "overrun" are participles too, where "was" stands before them.
        """
        if self.form is Form.FIXED:
            # "Was beaten to death by a mob".
            is_participle = self.passage.keys[self.first].endswith(("ed", "en"))
            return is_participle and not _BE.isdisjoint(
                self.passage.keys[max(0, self.first - 2) : self.first]
            )
        if self.form not in {Form.PAST, Form.PARTICIPLE, Form.BASE}:
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
        if sense.sub_type is None or _is_fiction(passage, first):
            continue
        if form not in {Form.NOMINAL, Form.FIXED} or not _is_label(passage, first):
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
            is_verb = before in _VERB_BEFORE or not _looks_nominal(passage, first, last)
            return is_verb and passage.keys[first] not in {"down", "downs"}
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
    if is_past and sense.sub_type in _HOLDING and passage.keys[max(0, first - 1) : first]:
        return _counts_the_held(passage, first, last)
    return is_past and sense.sub_type in _TERRITORY and _is_attributive(passage, first, last)


_HOLDING = frozenset({SubType.ABDUCTION, SubType.ARRESTS})
_NUMBERS = frozenset("two three four five six seven eight nine ten dozens".split())


def _counts_the_held(passage: Passage, first: int, last: int) -> bool:
    """Whether a participle is but an adjective of those counted: "executed four captured soldiers"."""
    before = passage.keys[first - 1]
    is_counted = before in _NUMBERS or before.isdecimal()
    return is_counted and last < len(passage.keys) and passage.keys[last].endswith(("s", "en"))


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


_OF_WHOM = frozenset("of on against at hit struck bombed destroyed attacked".split())


def _looks_nominal(passage: Passage, first: int, last: int) -> bool:
    before = passage.keys[first - 1] if first else ""
    after = passage.keys[last] if last < len(passage.keys) else ""
    possessive = first > 0 and passage.tokens.texts[first - 1][-2:] in {"'s", "’s"}
    if passage.keys[first] in _NOUN_FIRST and after in {"on", "in", "at"}:
        return True
    if possessive or before in _TRUE_NOUN_BEFORE or after in {"of", "against", "between", "by", "s"}:
        return True
    return passage.keys[first].endswith("s") and _is_owned(passage, first)


def _is_owned(passage: Passage, first: int) -> bool:
    """Whether it is somebody's, who is acted on: "struck dozens of Hezbollah targets"."""
    owner = next((p for p in passage.parties if p.last == first), None)
    return owner is not None and owner.first > 0 and passage.keys[owner.first - 1] in _OF_WHOM


def _is_fiction(passage: Passage, first: int) -> bool:
    clause = passage.clauses[first]
    for index in range(max(0, first - 8), min(len(passage.keys), first + 4)):
        if passage.keys[index] in _FICTION and abs(passage.clauses[index] - clause) <= 1:
            return True
    return False


_LABELING = frozenset("called calls calling dubbed labeled labelled branded termed deemed".split())
_DESCRIBING = frozenset("described describes describing condemned denounced decried".split())
# "This was a deliberate strike".
_BEING_IT = frozenset((it, be) for it in ("this", "that", "it") for be in ("was", "is"))
_NAMING = _LABELING | _DESCRIBING | {"this", "that", "it"}


def _is_label(passage: Passage, first: int) -> bool:
    """Whether a noun only says what somebody calls what was told: "called it a terrorist attack"."""
    if _NAMING.isdisjoint(passage.bag):
        return False
    at = first - 1
    while at > first - 4 and at >= 0 and passage.keys[at] not in {"a", "an"}:
        at -= 1
    if at < 1 or passage.keys[at] not in {"a", "an"}:
        return False
    if passage.keys[max(0, at - 2) : at] in _BEING_IT:
        return True
    verbs = _DESCRIBING if passage.keys[at - 1] == "as" else _LABELING
    return not verbs.isdisjoint(passage.keys[max(0, at - _LONGEST_LABEL) : at])


_LONGEST_LABEL = 12


def _mention(
    passage: Passage, first: int, last: int, form: Form, sense: Sense, weapons: list[tuple[int, SubType]]
) -> Mention:
    assert sense.sub_type is not None
    lemma = sense.trigger.split()[-1] if form is Form.NOMINAL else sense.trigger.split()[0]
    is_effect = sense.word_class is WordClass.EFFECT
    weapon = _weapon(passage, first, weapons)
    sub_type = sense.sub_type
    is_plain = is_effect or lemma in _PLAIN_WORDS or sense.trigger.split()[-1] in GENERIC
    if weapon is not None and _shifts(sub_type, weapon, is_plain=is_plain):
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
        is_effect=is_effect
        or (sense.trigger in {"kill", "destroy"} and sub_type is not SubType.DISRUPTED_WEAPONS),
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
