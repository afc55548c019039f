"""Where in a text do times stand?

Only around words that a time cannot do without: a month, a weekday, four figures, "ago". News has one every
fifty words, and most forms belong to few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

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
    # What only some forms need beside their cue.
    "relative": frozenset("last this next past coming previous".split()),
    "order": frozenset("earlier later before after previously afterward afterwards prior".split()),
    "end": frozenset("end beginning start middle".split()),
    "ago": frozenset({"ago"}),
    "indefinite": frozenset("ago other earlier later before recent coming past last recently".split()),
}
_YEAR = re.compile(r"(?:1[89]|20)\d\d|1\d\d\d")


_BITS = {kind: 1 << n for n, kind in enumerate((*_CUES, "year", "figure"))}


def _kinds(key: str) -> int:
    """Return the kinds of cue that a word is, as bits; most are none."""
    # "Friday's" has the key "fridays".
    kinds = sum(_BITS[kind] for kind, words in _CUES.items() if key in words or key[:-1] in words)
    if key[:1].isdigit():
        kinds |= _BITS["figure"] | (_BITS["year"] if _YEAR.search(key) else 0)
    return kinds


_KINDS = Memo(_kinds)
# How many words a time goes on before its first cue and behind its last.
_LEAD, _TRAIL = 10, 6


def find_times(text: str) -> list[TimeMention]:
    """Return the time expressions of the text: leftmost first, then longest, none overlapping."""
    tokens = tokenize(text)
    kinds = list(map(_KINDS.__getitem__, tokens.keys))
    marks = [(i, kinds[i]) for i in compress(range(len(kinds)), kinds)]
    if not marks:
        return []
    found = [
        TimeMention(match, form)
        for cues, forms in _forms_by_cue().items()
        for start, end, once, twice in _windows(tokens, marks, cues)
        for form, pattern, needs_once, needs_twice in forms
        if once & needs_once == needs_once and twice & needs_twice == needs_twice
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


_Searched = tuple[Form, re.Pattern[str], int, int]
"""A form, its pattern, and the kinds that it needs once and twice, as bits."""


@cache
def _forms_by_cue() -> dict[int, tuple[_Searched, ...]]:
    # At first use: forty large patterns would cost a tenth of a second at import.
    groups: dict[int, list[_Searched]] = {}
    for form in FORMS:
        pattern = re.compile(rf"(?<![\w@#$€£])(?:{form.pattern})(?!\w)", re.IGNORECASE)
        once = sum(_BITS[kind] for kind in set(form.needs))
        twice = sum(_BITS[kind] for kind in set(form.needs) if form.needs.count(kind) > 1)
        cues = sum(_BITS[cue] for cue in form.cues)
        groups.setdefault(cues, []).append((form, pattern, once, twice))
    return {cues: tuple(forms) for cues, forms in groups.items()}


def _windows(
    tokens: Tokens, marks: Sequence[tuple[int, int]], cues: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches of the text around the words of some cues, none overlapping, cut between words.

    With each come the kinds of its words, as bits: those that stand there, and those that do so twice.
    """
    stretches: list[tuple[int, int]] = []
    begin = until = -1
    for mark, kinds in marks:
        if kinds & cues:
            first = max(0, mark - _LEAD)
            if first > until:
                if until >= 0:
                    stretches.append((begin, until))
                begin = first
            until = mark + _TRAIL
    if until < 0:
        return
    stretches.append((begin, until))
    starts, last, at = tokens.starts, len(tokens) - 1, 0
    for begin, until in stretches:
        once = twice = 0
        while at < len(marks) and marks[at][0] <= until:
            if marks[at][0] >= begin:
                twice |= once & marks[at][1]
                once |= marks[at][1]
            at += 1
        yield starts[begin], starts[until + 1] if until < last else len(tokens.text), once, twice
