"""Which time expression of its sentence says when an event happened?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoevents.events.mentions import Mention
from geoevents.events.passage import Moment, Passage
from geoevents.lexicon.triggers import Form
from geoevents.model import DateRange, Granularity

__all__ = ["Timed", "precision_of", "time_of"]


@dataclass(frozen=True, slots=True)
class Timed:
    """When, and the reason in words. `is_open` says that it only began then ("since March")."""

    date: DateRange
    reason: str
    is_open: bool = False


_SPEECH = frozenset(
    """said says say told reported reports announced claimed stated added warned accused confirmed denied
    rejected insisted statement briefing""".split()
)
_LASTING = frozenset("has have continues continue continuing ongoing remains remain".split())
_WALLS = frozenset("but although though whereas because".split())


def time_of(mention: Mention, *, published: date | None) -> Timed | None:
    """Return the time of its own clause, else of a neighboring clause that has no say of its own."""
    passage = mention.passage
    usable = [
        m
        for m in passage.moments
        if m.expression.value is not None and not _is_of_speech(passage, m, mention)
    ]
    own = [m for m in usable if passage.clauses[m.first] == mention.clause]
    if own:
        return _timed(min(own, key=lambda m: _distance(m, mention)), published, "in its clause")
    if _is_lasting(mention):
        return None
    near = [m for m in usable if not _is_walled(passage, m, mention)]
    if not near:
        return None
    return _timed(min(near, key=lambda m: _distance(m, mention)), published, "in its sentence")


def _distance(moment: Moment, mention: Mention) -> tuple[int, int]:
    gap = moment.first - mention.last if moment.first >= mention.last else mention.first - moment.last
    return abs(gap), moment.first


def _is_of_speech(passage: Passage, moment: Moment, mention: Mention) -> bool:
    """Whether the time is when somebody spoke: "said Thursday", "on Sunday rejected"."""
    behind = range(moment.last, min(len(passage.keys), moment.last + 2))
    if mention.last <= moment.first and "," in passage.gap(moment.last):
        # "... struck the port on Friday, rebels said": the comma parts the day from who spoke.
        behind = range(0)
    around = [*range(max(0, moment.first - 3), moment.first), *behind]
    spoke = [i for i in around if passage.keys[i] in _SPEECH]
    if not spoke:
        return False
    # "said that on Thursday rebels shelled": the time stands on the event's side of the verb.
    return not any(
        i < moment.first and "that" in passage.keys[i : moment.first] and mention.first > moment.first
        for i in spoke
    )


def _is_lasting(mention: Mention) -> bool:
    """Whether it goes on, by its tense: "fighting has continued" has no day."""
    passage = mention.passage
    around = passage.keys[max(0, mention.first - 3) : mention.last + 2]
    had = (
        mention.form in {Form.PAST, Form.PARTICIPLE}
        and "had" in passage.keys[max(0, mention.first - 3) : mention.first]
    )
    return had or bool(_LASTING & set(around))


def _is_walled(passage: Passage, moment: Moment, mention: Mention) -> bool:
    """Whether it belongs to another story: two clauses away, or beyond a "but"."""
    if abs(passage.clauses[moment.first] - mention.clause) > 2:
        return True
    low, high = sorted((moment.first, mention.first))
    return bool(_WALLS & set(passage.keys[low:high]))


def _timed(moment: Moment, published: date | None, where: str) -> Timed:
    expression = moment.expression
    value = expression.value
    assert value is not None
    words = f"{expression.relation} {value} {where}"
    if expression.relation == "since" and published is not None and published > value.start:
        return Timed(DateRange(value.start, published, granularity=Granularity.RANGE), words, is_open=True)
    return Timed(value, words, is_open=expression.relation == "since")


def precision_of(when: DateRange) -> int:
    """Return ACLED's time precision: 1 the day, 2 within a week, 3 longer."""
    days = (when.end - when.start).days
    if when.granularity is Granularity.DAY or days == 0:
        return 1
    return 2 if days <= 7 else 3
