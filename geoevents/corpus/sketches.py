"""Which texts are near-duplicates of one another, as wires that outlets print with small changes are?

A text becomes the set of its runs of five words; of their hashes the smallest are its sketch. Two
sketches share about as many of their smallest hashes as the texts share runs (the bottom-k estimate of
E. Cohen and H. Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from zlib import crc32

__all__ = ["near_duplicates", "resemblance", "sketch"]

SIZE = 32
_RUN = 5
# Wires printed with another headline and a cut tail share three quarters of their runs and more; two
# reports of one event by different hands share less than a tenth.
_SAME = 0.6
_KEYS = 8  # Texts alike by 0.6 share one of their 8 smallest hashes in all but 1 of 1,000 cases.
_COMMON = 1_000  # A hash that so many texts have is boilerplate's and says nothing.
_WORD = re.compile(r"\w{1,40}")


def sketch(text: str) -> list[int]:
    """Return the smallest hashes of the text's runs of five words, in rising order; [] without a run."""
    words = _WORD.findall(text.lower())
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return nsmallest(SIZE, {crc32(run.encode("utf-8", "replace")) for run in runs})


def resemblance(a: Sequence[int], b: Sequence[int]) -> float:
    """Return the estimated share of runs that two texts have in common, from 0 to 1.

    >>> resemblance(sketch("one two three four five six"), sketch("one two three four five six"))
    1.0
    """
    smallest = nsmallest(SIZE, {*a, *b})
    both = {*a} & {*b}
    return sum(value in both for value in smallest) / len(smallest) if smallest else 0.0


def near_duplicates(sketches: Iterable[Sequence[int]]) -> list[int]:
    """Return for each text the index of the first text that it repeats, its own where it is new.

    Near-linear: only texts that share one of their smallest hashes are compared, each with the
    firsts of their groups.
    """
    firsts: list[int] = []
    kept: list[Sequence[int]] = []
    by_key: defaultdict[int, list[int]] = defaultdict(list)
    for index, values in enumerate(sketches):
        kept.append(values or ())
        first = _first_like(values, kept, by_key)
        firsts.append(index if first is None else first)
        if first is None:
            for key in values[:_KEYS]:
                if len(by_key[key]) < _COMMON:
                    by_key[key].append(index)
        else:
            kept[index] = ()  # compared through its first, so its hashes need not stay
    return firsts


def _first_like(
    values: Sequence[int], kept: Sequence[Sequence[int]], by_key: defaultdict[int, list[int]]
) -> int | None:
    seen: set[int] = set()
    for key in values[:_KEYS]:
        for other in by_key.get(key, ()):
            if other not in seen:
                seen.add(other)
                if resemblance(values, kept[other]) >= _SAME:
                    return other
    return None
