"""Which names of a sentence may be where something happened, known to a gazetteer or not?

Places that no gazetteer has are named like any other: a run of capitalized words ("Tal Al-Eiss",
"North Park Hotel"). What is known to be somebody, a date or a plain word is left out; how likely the
rest is, `geoevents.events.location` weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoevents.events.passage import Name, Party, Passage
from geoevents.lexicon.people import TITLES, common_words
from geoevents.model import Resolution, Toponym

__all__ = ["FACILITIES", "SHORT", "UNKNOWN", "candidates"]

UNKNOWN = "the text names it, no gazetteer has it"
"""The reason of a resolution without candidates that stands for such a name."""

# Lower-case words inside a name: "Ain el-Helweh", "Rio de Janeiro".
_PARTICLES = frozenset(
    "al el ez es as ash ad ar at az de del della di da do dos las la los le les du bin ibn".split()
)
# Nouns that make a place of the name before them ("the Tabaqa Dam").
FACILITIES = frozenset(
    """governorate province district mountains mountain city town dam hospital checkpoint airport airbase
    base camp hills hill orchards quarter region county state highway bay farms silos plains village
    university strip island islands valley river square palace castle prison bridge crossing peninsula sea
    gulf fields field station plant neighborhood neighbourhood suburb street road park hotel mosque church
    school market border heights desert canal port harbor harbour lake cemetery temple barracks academy
    college roundabout junction intersection avenue boulevard plaza stadium mall theater theatre ward
    township canton municipality triangle pass front ranch farm refinery warehouse headquarters embassy
    consulate terminal basin oasis coast beach forest gate wall factory mine tunnel subdistrict""".split()
)
# Between a place and the noun that makes it another: "Khan Sheikhoun Military Airport".
_FILLERS = frozenset(
    "military air refugee oil gas power international industrial central grand old new".split()
)
_MAKING = FACILITIES | _FILLERS
# A numeral belongs to what is numbered: "Highway 1", "Storage Base 410".
_NUMBERED = frozenset(
    "highway route base checkpoint hill area camp road sector district zone point brigade".split()
)
# Words whose name is somebody's or something's that is no place, whatever stands before it.
_NO_PLACE = frozenset(
    """president minister ministry party council police force forces general war army islamic united nations
    union movement command brigade brigades organization organisation guard guards agency battalion
    regiment division militia media commission committee parliament congress senate court bank company
    corporation association federation league observatory network news times post channel television radio
    sunni shiite shia muslim muslims christian christians jewish kurdish arab operation day act treaty accord
    agreement resolution constitution ramadan eid christmas easter allah god bible koran quran internet
    spokesman spokeswoman secretary ambassador chairman director chief sheikh imam king queen prince princess
    captain colonel lieutenant sergeant major corporal admiral mr mrs ms dr prof gen col lt maj sgt capt
    sen rep gov rev""".split()
)
_TITLES = TITLES | frozenset("named called spokesman chairman leader commander".split())
_LONGEST_RUN = 6


def candidates(passage: Passage) -> tuple[Name, ...]:
    """Return the names that may say where, in order: known ones, widened to what they name, and unknown ones."""
    known = _known(passage)
    unknown = [] if passage.is_shouting else list(_unknown(passage, known))
    return tuple(sorted((*known, *unknown), key=lambda name: name.first))


SHORT = frozenset({"U.S.", "US", "U.K.", "UK", "U.S", "USA"})
"""Countries in letters: an adjective, where no preposition stands before them."""
_WITHIN = frozenset("in across throughout inside".split())
_MILESTONES = frozenset("km kilometer kilometre mile".split())
_LEADING = frozenset("in of at near from to outside".split())


def _known(passage: Passage) -> list[Name]:
    """Return the resolved names that can locate, outside the names of groups, with their facility nouns.

    "U.S." without a preposition is an adjective or a government, whatever its role says.
    """
    groups = [p for p in passage.parties if p.entry is not None and p.last - p.first > 1]
    found: list[Name] = []
    for name in passage.names:
        if not name.may_locate or any(p.first <= name.first and name.last <= p.last for p in groups):
            continue
        before = passage.keys[max(0, name.first - 2) : name.first]
        if name.resolution.toponym.text in SHORT and _WITHIN.isdisjoint(before):
            continue
        if passage.is_shouting and _is_plain_word(passage, name):
            continue
        if _MILESTONES.intersection(before[-1:]):
            continue
        found.append(_without_day(passage, name))
    if passage.is_shouting:
        return found
    return [_widened(passage, name, found) for name in _joined(passage, found)]


def _without_day(passage: Passage, name: Name) -> Name:
    """Return the name without the day behind it: "in Dimona Monday morning"."""
    if name.resolution.place is None and name.last - name.first > 1 and passage.keys[name.last - 1] in _DAYS:
        return _renamed(passage, replace(name, last=name.last - 1))
    return name


def _joined(passage: Passage, names: Sequence[Name]) -> list[Name]:
    """Return the names, two that an Arabic article joins as the one they are: "Amariya al Falluja"."""
    found: list[Name] = []
    for name in names:
        ahead = found[-1] if found else None
        article = passage.keys[name.first] in {"al", "el"} and passage.tokens.texts[name.first].islower()
        if ahead is not None and article and ahead.last == name.first and passage.gap(name.first) == " ":
            found[-1] = _guess(passage, ahead.first, name.last)
        else:
            found.append(name)
    return found


def _is_plain_word(passage: Passage, name: Name) -> bool:
    """Whether it may be an everyday word, in capitals as all the others are: "AT THE 14-KM MARKER"."""
    if name.last - name.first > 1 or passage.keys[name.first] not in common_words():
        return False
    return not name.first or passage.keys[name.first - 1] not in _LEADING


def _widened(passage: Passage, name: Name, names: Sequence[Name]) -> Name:
    """Return the name with the capitalized facility nouns behind it: "Tabaqa" in "the Tabaqa Dam".

    A name that goes on with words that are no facility ("Tal Al-Eiss") is another than the gazetteer's.
    """
    taken = {i for other in names if other is not name for i in range(other.first, other.last)}
    first, last = _begin(passage, name, taken), name.last
    end = _run_end(passage, last, taken)
    tail = last
    while tail < end and passage.keys[tail] in _MAKING:
        tail += 1
    while tail > last and passage.keys[tail - 1] in _FILLERS:
        tail -= 1
    if first < name.first and passage.keys[first] not in _DIRECTIONS:
        return _guess(passage, first, max(tail, last))
    if tail == end and tail > last:
        return _renamed(passage, replace(name, first=first, last=tail))
    is_fragment = end > last and not _NO_PLACE.intersection(passage.keys[first:end])
    is_fragment = is_fragment and name.resolution.place is not None and not name.is_area
    if is_fragment and all(i not in taken for i in range(last, end)) and "-" in passage.gap(last + 1):
        return _guess(passage, first, end)
    return (
        _renamed(passage, replace(name, first=first, last=tail))
        if tail > last or first < name.first
        else name
    )


_DIRECTIONS = frozenset("north south east west northern southern eastern western".split())


def _begin(passage: Passage, name: Name, taken: set[int]) -> int:
    """Return where the name begins: at the "South" of "South Vietnam", the "Waku" of "Waku-Congo"."""
    before = name.first - 1
    if before < 0 or before in taken or not _is_capital(passage, before):
        return name.first
    gap = passage.gap(name.first)
    is_direction = passage.keys[before] in _DIRECTIONS and gap == " " and before > 0
    return before if is_direction or gap == "-" else name.first


def _renamed(passage: Passage, name: Name) -> Name:
    """Return the name with a toponym that covers all its words."""
    span = passage.span_of(name.first, name.last)
    toponym = replace(name.resolution.toponym, span=span, text=span.of(passage.text))
    return replace(name, resolution=replace(name.resolution, toponym=toponym))


def _guess(passage: Passage, first: int, last: int) -> Name:
    span = passage.span_of(first, last)
    toponym = Toponym(span, span.of(passage.text))
    return Name(first, last, resolution=Resolution(toponym, (), is_settled=False, reason=UNKNOWN))


def _run_end(passage: Passage, start: int, taken: set[int]) -> int:
    """Return where the run of capitalized words ends that goes on at word `start`."""
    end = start
    while end < len(passage.keys) and end not in taken and _joins(passage, end):
        if _is_capital(passage, end):
            end += 1
        elif (
            passage.keys[end] in _PARTICLES and end + 1 < len(passage.keys) and _is_capital(passage, end + 1)
        ):
            end += 2
        elif passage.gap(end) == "-" and passage.keys[end].isdecimal() and _goes_by_number(passage, end):
            end += 1
        else:
            break
    return end


def _goes_by_number(passage: Passage, index: int) -> bool:
    """Whether the number is of a name, "T-4 Military Airport", and not of an aircraft, "F-16"."""
    following = passage.keys[index + 1 : index + 2]
    return bool(following) and (following[0] in FACILITIES or following[0] in _FILLERS | {"sector"})


_JOINTS = frozenset((" ", "  ", "-", "- ", " -", "’", "'", "‘", " ‘", " '", "-‘", "-’", "/", ". "))


def _joins(passage: Passage, index: int) -> bool:
    return passage.gap(index) in _JOINTS


# "In Homs Tuesday": a day goes on with no name.
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _is_capital(passage: Passage, index: int) -> bool:
    return passage.tokens.texts[index][:1].isupper() and passage.keys[index] not in _DAYS


def _unknown(passage: Passage, known: Sequence[Name]) -> Iterator[Name]:
    """Yield the runs of capitalized words that are nobody, no date and no known name."""
    taken = {i for n in (*known, *passage.names) for i in range(n.first, n.last)}
    taken.update(i for m in passage.moments for i in range(m.first, m.last))
    taken.update(i for p in passage.parties if not _is_site(passage, p) for i in range(p.first, p.last))
    words = common_words()
    index = 0
    while index < len(passage.keys):
        end = index
        if index not in taken and _starts_name(passage, index):
            second = index + 1 if _is_capital(passage, index) else index + 2
            end = min(_run_end(passage, second, taken), index + _LONGEST_RUN)
            if _can_be_place(passage, index, end, words):
                last = end
                is_numbered = passage.keys[end - 1] in _NUMBERED and end < len(passage.keys)
                if is_numbered and passage.keys[end].isdecimal() and end not in taken:
                    last = end + 1
                yield _guess(passage, index, last)
        index = max(index + 1, end)


def _is_site(passage: Passage, party: Party) -> bool:
    """Whether it is a building that bears a name: the "Hospital" of "Kindi Hospital", "T-4 Military Airport"."""
    is_building = party.kind == "infrastructure" or passage.keys[party.last - 1] in FACILITIES
    return is_building and _is_capital(passage, party.first)


# Words that begin a sentence and no name: "In Bapunagar".
_NO_START = frozenset(
    """the a an in on at of from to by for with and or but as when where while after before during since
    police officials rebels troops soldiers gunmen militants two three four five six seven eight nine ten
    eleven twelve dozens hundreds thousands earlier later meanwhile however also he she it they we his her
    its their there this that these those another other some many most one according inside outside near
    around across over between until if although though despite because like under unlike once underscoring
    meantime fridays mondays saturdays sundays gmt nevertheless nonetheless moreover furthermore""".split()
)


def _starts_name(passage: Passage, index: int) -> bool:
    if passage.keys[index] in _NO_START:
        return False
    if _is_capital(passage, index):
        return True
    is_article = passage.keys[index] in {"al", "el"} and index + 1 < len(passage.keys)
    return is_article and passage.gap(index + 1) == "-" and _is_capital(passage, index + 1)


_HONORS = frozenset("sheikh imam king queen prince princess general".split())


def _is_named_after(passage: Passage, first: int, last: int) -> bool:
    """Whether a place bears somebody's name: "the town of Sheikh Miskeen", "at the Imam Ali hospital"."""
    keys = passage.keys
    if last - first < 2 or not _NO_PLACE.intersection(keys[first:last]) <= _HONORS:
        return False
    if keys[last : last + 1] and keys[last] in FACILITIES:
        return True
    before, earlier = keys[max(0, first - 1) : first], keys[max(0, first - 2) : max(0, first - 1)]
    return before in {("in",), ("near",), ("at",)} or (
        before == ("of",) and not FACILITIES.isdisjoint(earlier)
    )


def _can_be_place(passage: Passage, first: int, last: int, words: frozenset[str]) -> bool:
    keys = passage.keys[first:last]
    if not _NO_PLACE.isdisjoint(keys) and not _is_named_after(passage, first, last):
        return False
    if first and passage.keys[first - 1] in _TITLES:
        return False
    if all(key in words and key not in FACILITIES for key in keys):
        return False
    if last - first == 1 and keys[0].endswith(("ist", "ists", "ite", "ites")) and len(keys[0]) > 6:
        # "The Islamist defenses".
        return False
    if keys[0] in words and first == 0 and last == 1:
        return False
    text = passage.span_of(first, last).of(passage.text)
    # An acronym is an organization's, or a weapon's: "VBIEDs".
    return not (text.removesuffix("s").isupper() and len(text) > 1) and any(len(key) > 1 for key in keys)
