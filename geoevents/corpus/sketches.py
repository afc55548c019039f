"""Which texts are near-duplicates of one another, as wires that outlets print with small changes are?

A text becomes the set of its runs of five words; of their hashes the smallest are its sketch. Two
sketches share about as many of their smallest hashes as the texts share runs (the bottom-k estimate of
E. Cohen and H. Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

__all__ = ["NO_HASH", "SIZE", "near_duplicates", "resemblance", "sketch", "sketch_matrix"]

SIZE = 32
_RUN = 5
# Wires printed with another headline and a cut tail share three quarters of their runs and more; two
# reports of one event by different hands share less than a tenth.
_SAME = 0.6
_KEYS = 8  # Texts alike by 0.6 share one of their 8 smallest hashes in all but 1 of 1,000 cases.
_NEIGHBORS = 4  # How many of the next texts with the same hash each is compared with.
_PAIRS = 50_000  # compared at a time
_ROUNDS = 8
NO_HASH = 0xFFFFFFFF  # fills up the sketch of a short text
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


def sketch_matrix(sketches: Sequence[Sequence[int]]) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """Return sketches as rows of one matrix, filled up on the right."""
    import numpy as np  # late: start-up time

    matrix = np.full((len(sketches), SIZE), NO_HASH, dtype=np.uint32)
    for index, values in enumerate(sketches):
        matrix[index, : len(values)] = values
    return matrix


def near_duplicates(
    matrix: np.ndarray[Any, np.dtype[np.uint32]],
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return for each row of sketches the index of the first text that it repeats, its own where it is new.

    Near-linear: texts are sorted by each of their smallest hashes in turn, and each is compared with the
    few that follow it there.

    >>> texts = ["shells fell on the town at night", "rain fell", "shells fell on the town at night"]
    >>> near_duplicates(sketch_matrix([sketch(text) for text in texts])).tolist()
    [0, 1, 0]
    """
    import numpy as np  # late: start-up time

    firsts = np.arange(len(matrix))
    left_over = firsts
    for _ in range(_ROUNDS):
        found = left_over[_chained(matrix[left_over])]
        # A chain of small changes ends at another text: who is unlike its first is tried again without it.
        is_alike = _in_pieces(matrix, left_over, found) >= _SAME
        firsts[left_over[is_alike]] = found[is_alike]
        left_over = left_over[~is_alike]
        if not len(left_over):
            break
    return firsts


def _in_pieces(matrix: Any, left: Any, right: Any) -> Any:
    import numpy as np

    found = np.ones(len(left))
    for start in range(0, len(left), _PAIRS):
        some = slice(start, start + _PAIRS)
        found[some] = _resemblances(matrix[left[some]], matrix[right[some]])
    found[left == right] = 1.0  # a text too short to have a sketch is still like itself
    return found


def _chained(matrix: Any) -> Any:
    """Return for each row the first of those that are alike, or like one that is alike, and so on."""
    import numpy as np

    firsts = np.arange(len(matrix))
    for one, other in _candidates(matrix):
        is_new = firsts[one] != firsts[other]
        left, right = one[is_new], other[is_new]
        alike = _resemblances(matrix[left], matrix[right]) >= _SAME
        firsts = _joined(firsts, left[alike], right[alike])
    return firsts


def _candidates(matrix: Any) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of texts that share one of their smallest hashes, some at a time."""
    import numpy as np

    for key in range(_KEYS):
        # Texts that begin alike besides lie side by side among the many that share a boilerplate's hash.
        order = np.lexsort((matrix[:, 1], matrix[:, 0], matrix[:, key]))
        hashes = matrix[order, key]
        for step in range(1, _NEIGHBORS + 1):
            same = np.flatnonzero((hashes[step:] == hashes[:-step]) & (hashes[step:] != NO_HASH))
            for start in range(0, len(same), _PAIRS):
                some = same[start : start + _PAIRS]
                yield order[some], order[some + step]


def _resemblances(a: Any, b: Any) -> Any:
    """Return the resemblance of each row of `a` to the same row of `b`, as `resemblance` does of one pair."""
    import numpy as np

    both = np.sort(np.concatenate((a, b), axis=1), axis=1)
    is_repeated = np.zeros(both.shape, dtype=bool)
    is_repeated[:, 1:] = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] != NO_HASH)
    rank = np.cumsum(~is_repeated, axis=1)  # a hash that both have stands twice and counts once
    counted = (rank <= SIZE) & (both != NO_HASH)
    shared = (is_repeated & counted).sum(axis=1)
    size = (~is_repeated & counted).sum(axis=1)
    return shared / np.maximum(size, 1)


def _joined(firsts: Any, left: Any, right: Any) -> Any:
    """Return the groups with these pairs joined, each named by its first text."""
    import numpy as np

    while True:
        a, b = firsts[left], firsts[right]
        low = np.minimum(a, b)
        if (a == b).all():
            return firsts
        np.minimum.at(firsts, a, low)
        np.minimum.at(firsts, b, low)
        while (firsts != firsts[firsts]).any():
            firsts = firsts[firsts]
