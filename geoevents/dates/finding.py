"""Where in a text do times stand?

Only around words that a time cannot do without: a month, a weekday, four figures, "ago". News has one every
fifty words, and most forms belong to few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from geoevents.dates.forms import FORMS, Form
from geoevents.dates.reading import Clock, Reading
from geoevents.dates.vocabulary import MONTHS, WEEKDAYS
from geoevents.model import Span
from geoevents.text import Memo, Tokens, tokenize

__all__ = ["TimeMention", "find_times"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A match of one form."""

    match: re.Match[str]
    form: Form

    @property
    def span(self) -> Span:
        """The characters that it takes up."""
        return Span(self.match.start(), self.match.end())

    def read(self, clock: Clock) -> Reading:
        """Return what it means, seen from `clock`."""
        try:
            return self.form.read(self.match, clock)
        except (ValueError, OverflowError):
            return Reading(None, "no such day in the calendar")


_CUES = {
    "month": frozenset((*MONTHS, *"jan feb mar apr jun jul aug sep sept oct nov dec".split())),
    "weekday": frozenset((*WEEKDAYS, *"mon tue tues wed weds thu thur thurs fri sat sun".split())),
    "season": frozenset("spring summer autumn fall winter".split()),
    "today": frozenset("today tonight yesterday tomorrow morning afternoon evening night".split()),
    "overnight": frozenset({"overnight"}),
    "morning": frozenset("morning afternoon evening".split()),
    "weekend": frozenset({"weekend"}),
    "holiday": frozenset("christmas eve years may boxing".split()),
    "unit": frozenset(
        f"{unit}{ending}"
        for unit in "minute hour day night week fortnight month year decade".split()
        for ending in ("", "s")
    ),
    "vague": frozenset("ago recently centuries".split()),
}
_YEAR = re.compile(r"(?:1[89]|20)\d\d|1\d\d\d")


def _kinds(key: str) -> frozenset[str]:
    """Return the kinds of cue that a word is; most are none."""
    # "Friday's" has the key "fridays".
    kinds = {kind for kind, words in _CUES.items() if key in words or key[:-1] in words}
    if key[:1].isdigit() and _YEAR.search(key):
        kinds.add("year")
    return frozenset(kinds)


_KINDS = Memo(_kinds)
# How many words a time goes on before its first cue and behind its last.
_LEAD, _TRAIL = 10, 6


def find_times(text: str) -> list[TimeMention]:
    """Return the time expressions of the text: leftmost first, then longest, none overlapping."""
    tokens = tokenize(text)
    marks = [(i, kinds) for i, kinds in enumerate(map(_KINDS.__getitem__, tokens.keys)) if kinds]
    if not marks:
        return []
    found = [
        TimeMention(match, form)
        for cues, forms in _forms_by_cue().items()
        for start, end in _windows(tokens, [i for i, kinds in marks if kinds & cues])
        for form, pattern in forms
        for match in pattern.finditer(text, start, end)
        if form.accepts(match)
    ]
    found.sort(key=lambda m: (m.match.start(), -m.match.end()))
    chosen: list[TimeMention] = []
    last = 0
    for mention in found:
        if mention.match.start() >= last:
            chosen.append(mention)
            last = mention.match.end()
    return chosen


@cache
def _forms_by_cue() -> dict[frozenset[str], tuple[tuple[Form, re.Pattern[str]], ...]]:
    # At first use: forty large patterns would cost a tenth of a second at import.
    groups: dict[frozenset[str], list[tuple[Form, re.Pattern[str]]]] = {}
    for form in FORMS:
        pattern = re.compile(rf"(?<![\w@#$€£])(?:{form.pattern})(?!\w)", re.IGNORECASE)
        groups.setdefault(form.cues, []).append((form, pattern))
    return {cues: tuple(forms) for cues, forms in groups.items()}


def _windows(tokens: Tokens, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the text around the marked words, none overlapping, cut between words."""
    last = len(tokens.keys) - 1
    starts, ends = tokens.starts, [*tokens.starts[1:], len(tokens.text)]
    begin = until = -1
    for mark in marks:
        first = max(0, mark - _LEAD)
        if first > until:
            if until >= 0:
                yield starts[begin], ends[until]
            begin = first
        until = min(last, mark + _TRAIL)
    if until >= 0:
        yield starts[begin], ends[until]
