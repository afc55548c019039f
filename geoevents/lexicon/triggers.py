"""Which words make a sentence tell of an event, and of what sort?

The words are rows of `data/triggers.csv`: `trigger, part_of_speech, sub_type, context, note`. Verbs
stand as lemma and nouns in the singular; the forms are worked out here. A row without a sub-type
is a figure of speech that hides the shorter triggers inside it ("heart attack").

The context is a list of conditions, joined by semicolons, all of which must hold::

    with a|b*        one of the words is in the sentence (`*` ends a prefix)
    without a|b      none of them is, the trigger's own words aside
    next a|b         one of them is among the next six words
    notnext a|b      none of them is among the next three
    prev a|b         one of them is among the four words before
    notprev a|b      none of them is among the two words before

`$place` stands for a resolved place name and `$armed` for a party that bears arms.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import compress
from operator import methodcaller
from pathlib import Path

from geoevents.errors import GeoeventsError
from geoevents.model import SubType
from geoevents.tables import read_rows, table_path
from geoevents.text import Memo, bare_keys, name_key

__all__ = [
    "Condition",
    "Form",
    "Sense",
    "Slot",
    "TriggerLexicon",
    "WordClass",
    "inflections",
    "lemma",
    "triggers",
]


class WordClass(StrEnum):
    """What sort of trigger a row is.

    An `EFFECT` tells what another event did ("killed") and is an event only where no other is told;
    a `WEAPON` is none, but says of what sort a plain attack was.
    """

    VERB = "verb"
    NOUN = "noun"
    PHRASE = "phrase"
    EFFECT = "effect"
    WEAPON = "weapon"


class Form(StrEnum):
    """In which form the trigger stands. `PAST` may be a participle too ("bombed")."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"
    NOMINAL = "nominal"
    FIXED = "fixed"


class Slot(StrEnum):
    """Where a condition looks."""

    WITH = "with"
    WITHOUT = "without"
    NEXT = "next"
    NOT_NEXT = "notnext"
    PREVIOUS = "prev"
    NOT_PREVIOUS = "notprev"


_REACH = {Slot.NEXT: 6, Slot.NOT_NEXT: 3, Slot.PREVIOUS: 4, Slot.NOT_PREVIOUS: 2}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on the words around a trigger."""

    slot: Slot
    words: frozenset[str]
    prefixes: tuple[str, ...] = ()
    _begins: methodcaller = field(init=False, repr=False, compare=False)
    # What the slot means, looked up once: whether a match is wanted, and how far to look, both ways for 0.
    _wanted: bool = field(init=False, repr=False, compare=False)
    _ahead: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_begins", methodcaller("startswith", self.prefixes))
        object.__setattr__(self, "_wanted", self.slot in {Slot.WITH, Slot.NEXT, Slot.PREVIOUS})
        reach = _REACH.get(self.slot, 0)
        object.__setattr__(self, "_ahead", reach if self.slot in {Slot.NEXT, Slot.NOT_NEXT} else -reach)

    def holds(
        self, keys: Sequence[frozenset[str]], start: int, end: int, *, bag: frozenset[str] | None = None
    ) -> bool:
        """Say whether it holds for the trigger at words `start` to `end` of a sentence.

        `keys` has for each word its folded key and the classes (`$place`) that it belongs to; `bag`
        holds all of them, where the caller has them at hand.
        """
        if self._ahead > 0:
            window = keys[end : end + self._ahead]
        elif self._ahead < 0:
            window = keys[max(0, start + self._ahead) : start]
        else:
            everything = frozenset().union(*keys) if bag is None else bag
            # Only what the trigger itself says has to be told apart, and that seldom.
            if self._wanted or not self._matches(everything):
                return self._matches(everything) == self._wanted
            window = [*keys[:start], *keys[end:]]
        return any(map(self._matches, window)) == self._wanted

    def _matches(self, keys: frozenset[str]) -> bool:
        return not self.words.isdisjoint(keys) or (bool(self.prefixes) and any(map(self._begins, keys)))


@dataclass(frozen=True, slots=True)
class Sense:
    """One row: what `trigger` means in its context. `sub_type` is `None` for a figure of speech."""

    trigger: str
    word_class: WordClass
    _: KW_ONLY
    sub_type: SubType | None = None
    conditions: tuple[Condition, ...] = ()
    note: str = ""

    def holds(
        self, keys: Sequence[frozenset[str]], start: int, end: int, *, bag: frozenset[str] | None = None
    ) -> bool:
        """Say whether every condition holds; see `Condition.holds`."""
        return all(condition.holds(keys, start, end, bag=bag) for condition in self.conditions)


_IRREGULAR = {
    "strike": ("struck", "struck"),
    "hit": ("hit", "hit"),
    "set": ("set", "set"),
    "blow": ("blew", "blown"),
    "take": ("took", "taken"),
    "overrun": ("overran", "overrun"),
    "fight": ("fought", "fought"),
    "shoot": ("shot", "shot"),
    "meet": ("met", "met"),
    "hold": ("held", "held"),
    "flee": ("fled", "fled"),
    "throw": ("threw", "thrown"),
    "win": ("won", "won"),
    "retake": ("retook", "retaken"),
    "beat": ("beat", "beaten"),
    "go": ("went", "gone"),
    "burn": ("burned", "burnt"),
    "withdraw": ("withdrew", "withdrawn"),
    "speak": ("spoke", "spoken"),
    "find": ("found", "found"),
    "fly": ("flew", "flown"),
    "split": ("split", "split"),
    "lay": ("laid", "laid"),
    "pay": ("paid", "paid"),
    "send": ("sent", "sent"),
    "come": ("came", "come"),
    "mow": ("mowed", "mown"),
    "begin": ("began", "begun"),
    "hang": ("hanged", "hung"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "hack": ("hacked", "hacked"),
    "die": ("died", "died"),
}
_DOUBLED = frozenset("kidnap nab stab lob rob swap airdrop repel expel compel patrol".split())


def inflections(lemma: str) -> tuple[tuple[str, Form], ...]:
    """Return the forms of a verb; of a phrasal one, its first word bends.

    >>> [form for form, _ in inflections("seize control")]
    ['seize control', 'seizes control', 'seized control', 'seized control', 'seizing control']
    """
    head, _, tail = lemma.partition(" ")
    past, participle = _IRREGULAR.get(head) or (_past(head),) * 2
    forms = (
        (head, Form.BASE),
        (_plural(head), Form.THIRD),
        (past, Form.PAST),
        (participle, Form.PARTICIPLE),
        (_gerund(head), Form.GERUND),
    )
    return tuple((f"{form} {tail}".strip(), kind) for form, kind in forms)


def _past(head: str) -> str:
    if head.endswith("e"):
        return f"{head}d"
    if head.endswith("y") and head[-2:-1] not in "aeou":
        return f"{head[:-1]}ied"
    return f"{head}{head[-1]}ed" if head in _DOUBLED else f"{head}ed"


def _gerund(head: str) -> str:
    if head in _DOUBLED or head in {"hit", "set", "win", "overrun", "split", "begin"}:
        return f"{head}{head[-1]}ing"
    if head == "die":
        return "dying"
    return f"{head[:-1]}ing" if head.endswith("e") and not head.endswith("ee") else f"{head}ing"


def _plural(word: str) -> str:
    if word == "go":
        return "goes"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeou" else f"{word}s"


_Entry = tuple[Form, Sense]
_Alternatives = tuple[tuple[Condition, ...], ...]
"""The conditions on plain words of each sense that tells of an event."""
_ALONE = Memo(lambda key: frozenset({key}))


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """The triggers by their words. `size` is the number of rows."""

    size: int
    _by_first: dict[str, tuple[tuple[tuple[str, ...], tuple[_Entry, ...]], ...]]
    _eventful: dict[str, tuple[tuple[tuple[str, ...], _Alternatives], ...]]
    # The second words of what tells of an event, by its first; `None` where the first is enough.
    _openings: dict[str, frozenset[str] | None]
    _opens: Memo[bool]

    def positions(self, written: Sequence[str]) -> list[int]:
        """Return where words, as written, may be of an event; weapons and figures of speech are of none."""
        eventful, found = self._eventful, []
        for index in compress(range(len(written)), map(self._opens.__getitem__, written)):
            key = bare_keys[written[index]]
            following = self._openings[key]
            if following is not None:
                if index + 1 == len(written) or bare_keys[written[index + 1]] not in following:
                    continue
                if not any(_stands_at(written, index, words) for words, _ in eventful[key]):
                    continue
            found.append(index)
        return found

    def may_tell(self, keys: Sequence[str], positions: Sequence[int]) -> bool:
        """Say whether the words of a sentence let any of the triggers at `positions` tell of an event.

        Only conditions on plain words are looked at: who and what the words mean is not known yet.
        """
        alone, bag = tuple(map(_ALONE.__getitem__, keys)), frozenset(keys)
        for index in positions:
            for words, alternatives in self._eventful[keys[index]]:
                end = index + len(words)
                if (len(words) == 1 or tuple(keys[index:end]) == words) and any(
                    all(condition.holds(alone, index, end, bag=bag) for condition in conditions)
                    for conditions in alternatives
                ):
                    return True
        return False

    def at(self, keys: Sequence[str], index: int) -> list[tuple[int, tuple[_Entry, ...]]]:
        """Return what may start at word `index`: the word count and the senses, longest first."""
        following = keys[index + 1] if index + 1 < len(keys) else None
        return [
            (len(words), entries)
            for words, entries in self._by_first.get(keys[index], ())
            if len(words) == 1 or (words[1] == following and tuple(keys[index : index + len(words)]) == words)
        ]

    def starts(self, keys: Sequence[str]) -> list[int]:
        """Return where words stand that a row begins with."""
        by_first = self._by_first
        return [index for index, key in enumerate(keys) if key in by_first]


def _stands_at(written: Sequence[str], index: int, words: tuple[str, ...]) -> bool:
    return tuple(map(bare_keys.__getitem__, written[index : index + len(words)])) == words


def _condition(text: str) -> Condition:
    slot, _, words = text.strip().partition(" ")
    alternatives = [word.strip() for word in words.split("|") if word.strip()]
    plain = frozenset(word for word in alternatives if not word.endswith("*"))
    return Condition(Slot(slot), plain, tuple(word[:-1] for word in alternatives if word.endswith("*")))


def _sense(row: dict[str, str], path: Path, line: int) -> Sense:
    try:
        return Sense(
            row["trigger"],
            WordClass(row["part_of_speech"]),
            sub_type=SubType(row["sub_type"]) if row["sub_type"] else None,
            conditions=tuple(_condition(part) for part in row["context"].split(";") if part.strip()),
            note=row["note"],
        )
    except ValueError as error:
        raise GeoeventsError(str(error), path=path, line=line) from None


def _forms(sense: Sense) -> tuple[tuple[str, Form], ...]:
    match sense.word_class:
        case WordClass.VERB | WordClass.EFFECT:
            return inflections(sense.trigger)
        case WordClass.NOUN | WordClass.WEAPON:
            *head, last = sense.trigger.split(" ")
            return (
                (sense.trigger, Form.NOMINAL),
                (" ".join([*head, _plural(last)]), Form.NOMINAL),
            )
        case _:
            return ((sense.trigger, Form.FIXED),)


@lru_cache(maxsize=4)
def triggers(path: Path | None = None) -> TriggerLexicon:
    """Return the lexicon of `data/triggers.csv`, or of another table of its columns.

    Raises `GeoeventsError` with path and line for an unknown part of speech, sub-type or condition.
    """
    path = path or table_path("triggers.csv")
    entries: dict[tuple[str, ...], list[_Entry]] = {}
    size = 0
    for line, row in read_rows(path):
        size += 1
        sense = _sense(row, path, line)
        for text, form in _forms(sense):
            words = tuple(sys.intern(key) for key in name_key(text).split())
            entries.setdefault(words, []).append((form, sense))
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[_Entry, ...]]]] = {}
    for words, found in entries.items():
        by_first.setdefault(words[0], []).append((words, tuple(found)))
    eventful = {
        first: tuple(
            (words, _alternatives(found)) for words, found in rows if any(_tells(s) for _, s in found)
        )
        for first, rows in by_first.items()
    }
    eventful = {first: rows for first, rows in eventful.items() if rows}
    openings = {
        first: frozenset(words[1] for words, _ in rows) if all(len(w) > 1 for w, _ in rows) else None
        for first, rows in eventful.items()
    }
    return TriggerLexicon(
        size,
        {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0]))) for first, rows in by_first.items()},
        eventful,
        openings,
        Memo(lambda word: bare_keys[word] in openings),
    )


def _tells(sense: Sense) -> bool:
    return sense.sub_type is not None and sense.word_class is not WordClass.WEAPON


def _alternatives(found: Sequence[_Entry]) -> _Alternatives:
    plain = (
        tuple(
            c for c in sense.conditions if not any(word.startswith("$") for word in (*c.words, *c.prefixes))
        )
        for _, sense in found
        if _tells(sense)
    )
    return tuple(dict.fromkeys(plain))


_PARTS = {part: lemma for lemma, parts in _IRREGULAR.items() for part in parts}


def lemma(form: str) -> str:
    """Return the lemma of a verb form, by rule; near enough to compare verbs by.

    >>> [lemma(form) for form in ("captured", "shelling", "struck", "patrols", "kidnapped")]
    ['captur', 'shell', 'strik', 'patrol', 'kidnap']
    """
    if form in _PARTS:
        return _PARTS[form].removesuffix("e")
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            stem = form[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2] and (stem[-1] not in "ls" or len(stem) > 6):
                return stem[:-1]
            return stem.removesuffix("e")
    return form.removesuffix("e")
