"""Does the sentence speak of what is to come, and how does a time bound what it is said of?"""

from __future__ import annotations

import re
from bisect import bisect_right

from geoevents.dates.finding import TimeMention
from geoevents.dates.vocabulary import PART, SPACE
from geoevents.lexicon.speech import FINITE_VERBS, VERB_FORMS
from geoevents.model import DateRange, Granularity, Span
from geoevents.text import plain_letters, sentences

__all__ = ["REPORTS", "Tense", "relation_of", "without_preposition"]

REPORTS = "|".join(sorted((word for word, form in VERB_FORMS.items() if not form.is_participle), key=len))

_AHEAD = re.compile(
    rf"\b(?:(?P<ahead>will|shall|won['’]t|(?:is|are|was|were){SPACE}(?:to(?!{SPACE}have\b)|due|set|expected|scheduled|planned|slated)|"
    rf"due|scheduled|slated|upcoming|plan(?:s|ning)?{SPACE}to|planned|going{SPACE}to|would|deadline)|"
    rf"said|told|announced|reported|added|was|were|had|has|did|after|since|following|killed|came|began|took|met|"
    rf"on{SPACE}condition)\b"
)


class Tense:
    """Whether what a time is said of lies ahead: what the last telling word of the sentence says."""

    def __init__(self, text: str) -> None:
        # Patterns that need not ignore case are twice as fast.
        self._text = plain_letters(text).lower()
        self._sentence_starts = [span.start for span in sentences(text)]
        # Only sentences with a time are read.
        self._read: dict[int, tuple[list[int], list[bool]]] = {}

    def is_ahead(self, span: Span) -> bool:
        """Whether the sentence speaks of the future where the words of `span` stand."""
        starts, are_ahead = self._cues(self.sentence_of(span.start))
        index = bisect_right(starts, span.start) - 1
        if index >= 0:
            return are_ahead[index]
        return bool(starts) and are_ahead[0] and self._leads_ahead(span, starts[0])

    def _cues(self, sentence: int) -> tuple[list[int], list[bool]]:
        """Return where the telling words of a sentence stand and which of them look ahead."""
        if sentence not in self._read:
            bounds = [0, *self._sentence_starts, len(self._text)]
            cues = list(_AHEAD.finditer(self._text, bounds[sentence], bounds[sentence + 1]))
            self._read[sentence] = [cue.start() for cue in cues], [cue["ahead"] is not None for cue in cues]
        return self._read[sentence]

    def _leads_ahead(self, span: Span, following: int) -> bool:
        """Whether the first verb after an opening "On Monday" is a future one."""
        between = self._text[span.end : min(following, span.end + _NEAR + 1)]
        return len(between) <= _NEAR and not (_POSSESSIVE.match(between) or _PAST_VERB.search(between))

    def is_past(self, span: Span) -> bool:
        """Whether a past verb stands near the words of `span`, and no future one before them."""
        if self.is_ahead(span):
            return False
        return _PAST_VERB.search(self._text[max(0, span.start - _WIDE) : span.end + _WIDE]) is not None

    def sentence_of(self, offset: int) -> int:
        """Return the number of the sentence at `offset`."""
        return bisect_right(self._sentence_starts, offset)


# How far from an opening "On Monday" its verb is looked for, in characters.
_NEAR = 60

_WIDE = 120

_PAST_VERB = re.compile(rf"\b(?:[a-z]{{2,14}}ed|{'|'.join(sorted(FINITE_VERBS))})\b")

_POSSESSIVE = re.compile(r"['’]s?\b")

_RELATION = re.compile(
    rf"\b(?P<word>since|until|till|before|after|by|from|between|through|beginning|starting|following|"
    rf"ahead{SPACE}of|prior{SPACE}to|up{SPACE}to)(?:{SPACE}(?:at|on|around|about|late|early))?(?:{SPACE}the)?{SPACE}\Z",
    re.IGNORECASE,
)

_RELATIONS = {
    "since": "since",
    "from": "since",
    "beginning": "since",
    "starting": "since",
    "until": "until",
    "till": "until",
    "through": "until",
    "up to": "until",
    "by": "before",
    "before": "before",
    "ahead of": "before",
    "prior to": "before",
    "after": "after",
    "following": "after",
    "between": "between",
}

_PART_FIRST = re.compile(rf"{PART}\b", re.IGNORECASE)


def relation_of(text: str, mention: TimeMention, value: DateRange | None) -> str:
    """Return how the time bounds what it is said of: "on", "since", "until", "before", "after" or "between"."""
    start, end = mention.match.span()
    found = _RELATION.search(text[max(0, start - 30) : start])
    # "before dawn Wednesday" is on Wednesday.
    if found is None or _PART_FIRST.match(mention.match.group()):
        return "on"
    relation = _RELATIONS[" ".join(found["word"].lower().split())]
    is_range = value is not None and value.granularity is Granularity.RANGE
    if relation == "between":
        return relation if is_range else "on"
    # "wounds from Friday's attack", "hit by Monday's blast", and "from 3 to 5 March" as a whole.
    if relation in {"since", "before"} and found["word"].lower() in {"from", "by"}:
        return "on" if is_range or _POSSESSIVE.match(text, end, end + 2) else relation
    return relation


_PREPOSITION = re.compile(
    rf"(?:on|in|during|over|of|since|until|by){SPACE}(?:the{SPACE}(?!day|night|same|next|prev|foll|prec))?",
    re.IGNORECASE,
)


def without_preposition(text: str, span: Span) -> Span:
    """Return the span without a preposition that the form took in."""
    found = _PREPOSITION.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found and found.end() < span.end else span
