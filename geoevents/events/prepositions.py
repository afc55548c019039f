"""How does a place name hang in its sentence: behind which preposition, beside which other place?"""

from __future__ import annotations

from geoevents.events.passage import Name, Passage

__all__ = ["LOCALITY", "PREPOSITIONS", "SETTING", "VERBAL", "aside_end", "preposition", "without_asides"]

_NEAR = frozenset("near outside around close toward towards beside nearby between beyond along off".split())


PREPOSITIONS = frozenset(
    """in at on near outside inside around of from to into toward towards against by with over across
    through throughout within between along above under off for about beyond beside via like as than
    until among during after before since despite including targeting upon onto""".split()
)


# Nouns and adjectives that stand between a preposition and the name that it governs.
LOCALITY = frozenset(
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


VERBAL = frozenset(
    """is was are were has have had will would said says told did does do can could may might be been
    warned accused denied agreed announced reported confirmed called urged claimed wants plans""".split()
)


SETTING = frozenset("in at near on outside inside around across over within".split())


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
        elif key in PREPOSITIONS:
            return (key, near or key in _NEAR) if not seen_of or steps > 1 else ("of", near)
        elif not (
            key in LOCALITY
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
        passage.tokens.texts[index].islower()
        and key not in VERBAL
        and "," not in passage.gap(index + 1)
        and not passage.gap(index + 1).strip(" -")
    )


def _is_modifier(passage: Passage, index: int) -> bool:
    """Whether the word is an adjective of country or a name in apposition ("the Syrian city of X")."""
    return any(p.first <= index < p.last and p.entry is None for p in passage.parties)


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


def without_asides(passage: Passage, names: list[Name]) -> list[Name]:
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


def aside_end(passage: Passage, name: Name) -> int:
    """Return where the sentence goes on behind "X, some 45 km southwest of Y,"."""
    for other in passage.names:
        if other.first > name.last and other.first - name.last <= _LONGEST_ASIDE:
            begin = _aside_before(passage, other)
            if begin is not None and begin >= name.last and _is_told_where(passage, name, other, begin):
                return other.last
    return name.last
