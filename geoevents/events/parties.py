"""Who is named in a sentence: forces, groups, peoples, countries that stand for themselves?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from geoevents.events.passage import ARMED, Name, Party
from geoevents.lexicon.actors import ActorEntry, actors, countries
from geoevents.model import ToponymRole
from geoevents.text import Tokens

__all__ = ["find_parties"]


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return the words that a party's name may begin with; at all others nobody need be looked for."""
    return actors().first_words | countries().first_words | {"us"}


# Words that may stand between an adjective of country and the force that it qualifies.
_FILLERS = frozenset(
    """government state special elite federal national regional local military army air defense defence
    foreign naval armed security border ground regular
    opposition rebel islamist kurdish arab shiite sunni separatist loyalist""".split()
)


def find_parties(
    tokens: Tokens, *, keys: Sequence[str], names: Sequence[Name], is_shouting: bool
) -> tuple[Party, ...]:
    """Return the parties that the sentence names, in order, none overlapping."""
    metonyms = {
        name.first: name
        for name in names
        if name.resolution.toponym.role in {ToponymRole.METONYM, ToponymRole.DEMONYM}
    }
    out: list[Party] = []
    after, openers = 0, _openers()
    for index in [i for i, key in enumerate(keys) if key in openers or i in metonyms]:
        if index < after:
            continue
        found = _land_at(tokens, keys, index, shouting=is_shouting, metonyms=metonyms)
        party = _force_at(tokens, keys, index, shouting=is_shouting, land=found)
        if party is None and found is not None:
            following = keys[found[0]] if found[0] < len(keys) else ""
            if following in _BACKED:
                after = found[0] + 1
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
            after = party.last + 1
        elif party is not None:
            out.append(_owned(keys, party, out))
            after = party.last
    return _named_after(tokens, keys, out)


_HELD = frozenset("held controlled occupied run ruled infested".split())


def _is_held(tokens: Tokens, keys: Sequence[str], party: Party) -> bool:
    """Whether it only says who holds the place that follows: "rebel-held Idlib"."""
    if party.last >= len(tokens) or keys[party.last] not in _HELD:
        return False
    gap, following = tokens.gaps[party.last], party.last + 1
    if gap != " " or following >= len(tokens):
        return gap in {" ", "-", "‑"}
    # "Students held a vigil", "rebels controlled the town": the verb of a clause.
    is_name = tokens.texts[following][:1].isupper()
    return is_name or (keys[party.last] != "held" and keys[following] not in _DETERMINERS)


_DETERMINERS = frozenset(
    "the a an their its his her this that these those some several by in on for most".split()
)


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


def _named_after(tokens: Tokens, keys: Sequence[str], found: Sequence[Party]) -> tuple[Party, ...]:
    """Return the parties with a kind and the name behind it as one: "jihadists of JNIM"."""
    out: list[Party] = []
    for party in found:
        kind = out[-1] if out else None
        if (
            kind is not None
            and kind.entry is not None
            and party.entry is not None
            and kind.entry.is_generic
            and kind.entry.kind in ARMED
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


def _is_adjective(tokens: Tokens, index: int) -> bool:
    """Whether a word of lower case follows a demonym that is no plural: "Russian base"."""
    if index >= len(tokens) or tokens.starts[index] - tokens.ends[index - 1] != 1:
        return False
    return (
        tokens.texts[index][:1].islower()
        and tokens.keys[index] not in _AFTER_PEOPLE
        and not tokens.keys[index - 1].endswith("s")
    )


def _land_at(
    tokens: Tokens,
    keys: Sequence[str],
    index: int,
    *,
    shouting: bool,
    metonyms: dict[int, Name],
) -> tuple[int, str, bool] | None:
    """Return where the country or people named at `index` ends, its code, and whether it is a people."""
    written = tokens.texts[index]
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
    tokens: Tokens,
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


def _touches(tokens: Tokens, index: int) -> bool:
    """Whether a word follows the one before it without a comma: "Mali, gunmen" are two."""
    return index < len(tokens) and tokens.starts[index] - tokens.ends[index - 1] == 1


def _grown(
    tokens: Tokens,
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
        if last < len(tokens) and tokens.starts[last] - tokens.ends[last - 1] == 1:
            lexicon_at = actors().at(tokens, keys, last, shouting=shouting)
        if lexicon_at is None:
            break
        count, after = lexicon_at
        is_human = entry.kind == "infrastructure" and after.kind == "civilians"  # "A bus driver".
        if (entry.is_generic and not after.is_generic) or (
            entry.is_generic and (is_human or (entry.kind == "civilians" and after.kind != "infrastructure"))
        ):
            entry = after
        elif not after.is_generic:
            break
        last += count
    named = None if entry.is_description else entry.country
    country = named or (land[1] if land is not None else None)
    return Party(index, last, entry=entry, country=country)
