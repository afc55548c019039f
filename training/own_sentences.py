"""What do our own sentences say, each filled with other names several times?"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geoevents.model import Span

__all__ = ["own_sentences"]

_TIMES = 10  # that each sentence is filled
_SEED = 2016
_SLOT = re.compile(r"\{(\w{1,9})\}")
_NAME = re.compile(r"(\[[^\]]{1,80}\])")


def own_sentences(path: Path) -> Iterator[tuple[int, str, list[Span]]]:
    """Yield the number of each sentence, the sentence filled, and the spans of its place names."""
    lists: dict[str, list[str]] = defaultdict(list)
    templates = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            _, kind, *words = line.split()
            lists[kind] += [word.replace("_", " ") for word in words]
        elif line and not line.startswith("#"):
            templates.append(line)
    pick = random.Random(_SEED)  # noqa: S311 - the same sentences each time
    for number, template in enumerate(templates):
        for _ in range(_TIMES):
            filled = _SLOT.sub(lambda slot: pick.choice(lists[slot[1]]), template)
            yield number, *_unbracketed(_in_case_of(template, filled))


def _in_case_of(template: str, filled: str) -> str:
    """Return a sentence in capitals or in lower case where its template is."""
    bare = _SLOT.sub("", template)
    if bare.upper() == bare:
        return filled.upper()
    return filled.lower() if bare.lower() == bare and template[0] not in "[{" else filled


def _unbracketed(text: str) -> tuple[str, list[Span]]:
    """Return a text without its brackets, and the spans that were in them."""
    words, spans = "", []
    for piece in _NAME.split(text):
        if piece.startswith("["):
            spans.append(Span(len(words), len(words) + len(piece) - 2))
            words += piece[1:-1]
        else:
            words += piece
    return words, spans
