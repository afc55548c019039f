"""Scanning for names: the fast way says what the rule says."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from geoevents.gazetteer import Gazetteer
from geoevents.gazetteer.index import ARABIC, PLAIN, STRICT, STRIPPED
from geoevents.gazetteer.spelling import ARTICLES, is_article
from geoevents.text import tokenize

# The rule, word by word, from the start of every name to every end, without a thought for time.

JOINTS = {" ", "-", "\n", "‐", "‑", "–", "'", "’", "  ", "\r\n", " \n", "\n ", "-\n", "\u00a0", "\u202f"}
JOINTS |= {"\t", " & "}
STOPS = {".", ". ", ".-", ".\n"}
ENGLISH = {"an", "as", "at", "en", "id", "in", "is", "it", "on", "or", "us"}


def by_the_rule(gazetteer, text):
    """Return every name with start, end, first and last token, and the keys that it is known by."""
    tokens = list(tokenize(text))
    gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
    found = []
    for first in range(len(tokens)):
        if not starts(text, tokens, gaps, first):
            continue
        last = first
        while last - first < 7 and goes_on(tokens, gaps, last):
            last += 1
        ends = {}
        for read_without, wanted in ((False, PLAIN | STRIPPED | STRICT), (True, STRIPPED | ARABIC)):
            kept = [
                i for i in range(first, last + 1) if not read_without or i == last or not article(tokens, i)
            ]
            if read_without and len(kept) == last - first + 1:
                continue
            for count, end in enumerate(kept, start=1):
                if read_without and end == first:
                    continue  # nothing was left out so far
                key = " ".join(tokens[i].key for i in kept[:count])
                for bounds, known in readings(gazetteer, text, tokens, first, end, key, wanted):
                    ends.setdefault((end, *bounds), [None, None])[read_without] = known
        for (end, start, stop), (key, bare) in sorted(ends.items()):
            found.append((start, stop, first, end, key, None if bare == key else bare))
    return found


def plain(token):
    return bool(token.key) and " " not in token.key


def starts(text, tokens, gaps, i):
    token = tokens[i]
    if token.text[0].isalpha() and plain(token) and (text.islower() or not token.text[0].islower()):
        return True
    if text.islower() or token.key not in ARTICLES or not token.text[0].islower() or i + 1 == len(tokens):
        return False
    is_joined = gaps[i] == "-" or (gaps[i] in JOINTS and token.key not in ENGLISH)
    return is_joined and starts_itself(tokens[i + 1]) and is_article(token.key, tokens[i + 1].key)


def starts_itself(token):
    return token.text[0].isalpha() and plain(token) and not token.text[0].islower()


def goes_on(tokens, gaps, i):
    if i == len(gaps) or not plain(tokens[i]) or not plain(tokens[i + 1]):
        return False
    return gaps[i] in JOINTS or (gaps[i] in STOPS and len(tokens[i].key) <= 3)


def article(tokens, i):
    return tokens[i].key != "the" and is_article(tokens[i].key, tokens[i + 1].key)


def readings(gazetteer, text, tokens, first, last, key, wanted):
    """Yield where a run of words ends as a name, and the key that it is known by."""
    start, end, word = tokens[first].start, tokens[last].end, tokens[last].text
    is_possessive = len(word) > 2 and word[-2:] in {"'s", "’s", "'S", "’S"}
    if is_possessive and flags(gazetteer, key[:-1]) & wanted & ~STRICT:
        yield (start, end - 2), key[:-1]
    spelled = {name for name, flag in postings(gazetteer, key) if flag & STRICT} if wanted & STRICT else set()
    is_stopped = text[end : end + 1] == "."
    if spelled and is_stopped and " ".join(text[start : end + 1].split()) in names(gazetteer, key):
        yield (start, end + 1), key
        return
    is_spelled = spelled and " ".join(text[start:end].split()) in names(gazetteer, key)
    if not is_spelled and not flags(gazetteer, key) & wanted & ~STRICT:
        return
    if is_possessive and not any(name.casefold().endswith(("'s", "’s")) for name in names(gazetteer, key)):
        return
    is_dotted = first < last and len(word) <= 3 and is_stopped and text[tokens[last - 1].end] == "."
    yield (start, end + is_dotted), key


def flags(gazetteer, key):
    together = 0
    for _, flag in postings(gazetteer, key):
        together |= flag
    return together


def names(gazetteer, key):
    return {name for name, _ in postings(gazetteer, key)}


def postings(gazetteer, key):
    """Return the spellings of a key in the world and in the curated table, each with its flags."""
    world = gazetteer._world
    key_id = world.names.key_id(key)
    found = world.names.postings(key_id) if key_id is not None else ()
    spelled = [(world.spellings_of(posting.row)[posting.name], posting.flags) for posting in found]
    return spelled + [(posting.name, posting.flags) for posting in gazetteer._curated.postings(key)]


# Texts of real names


@cache
def full():
    return Gazetteer.load()


@cache
def spellings():
    """Return names of all lengths and scripts, the curated ones and those of every hundredth place."""
    world = full()._world
    known = {name for row in range(0, len(world), 100) for name in world.spellings_of(row)}
    known |= {
        name for place in full().curated_places()[::10] for name in (place.name, *place.alternate_names)
    }
    return sorted(known)


ODD = (
    "al-Bab at-Tanf ar Raqqah Deir ez Zor the al el an in St. U.S. US us W.Va. Pa. D.C. Land's End Assads"
    " United \ufdfa أل and near of o'clock 1,200 — ( ) , ; . ... & – ' Île-de-France IEV N.Y. e\u0301 ² Ⅷ"
).split(" ")
WAYS = (
    str,
    str.lower,
    str.upper,
    "al-{}".format,
    "Al {}".format,
    "{}'s".format,
    "{}’s".format,
    "the {}".format,
    "{}.".format,
    "ad {}".format,
)
GAPS = st.sampled_from([" ", " ", " ", "-", "\n", "\n\n", ", ", ". ", ".", " & ", "’", "", " - ", "\u00a0"])


@st.composite
def texts(draw):
    chance = draw(st.randoms(use_true_random=False))
    pieces = []
    for _ in range(draw(st.integers(0, 12))):
        name = chance.choice(spellings() if chance.random() < 0.6 else ODD)
        name = " ".join(name.split()[: chance.randint(1, 4)]) if chance.random() < 0.2 else name
        pieces += [chance.choice(WAYS)(name), draw(GAPS)]
    text = "".join(pieces)
    return text.lower() if chance.random() < 0.2 else text


def matched(gazetteer, text):
    return [
        (m.start, m.end, m.first, m.last, m.name.key, m.name.bare_key)
        for m in gazetteer.scan(text, tokenize(text))
    ]


@settings(deadline=None, max_examples=300)
@given(texts())
def test_a_scan_finds_what_the_rule_finds(text):
    assert matched(full(), text) == by_the_rule(full(), text)


def test_a_scan_finds_the_same_however_much_it_remembers():
    chance = random.Random(1)
    fresh = Gazetteer.load()
    for _ in range(30):
        text = ", ".join(chance.choices(spellings(), k=40))
        first = matched(fresh, text)
        assert matched(fresh, text) == first == matched(full(), text)


def test_the_same_name_is_one_object_wherever_it_stands():
    text = "Shells hit St. Louis, then St.\nLouis and st. louis."
    names = [m.name for m in full().scan(text, tokenize(text)) if m.last > m.first]
    assert names[0] is names[1]
    assert [name.surface for name in names] == ["St. Louis", "St. Louis"]
    again = full().scan(f"{text} Again.", tokenize(f"{text} Again."))
    assert names[0] in [m.name for m in again]
