"""Does the text say that it happened, deny it, foresee it, remember it, or only accuse somebody of it?"""

from __future__ import annotations

from geoevents.events.mentions import Mention
from geoevents.events.passage import Passage
from geoevents.lexicon.triggers import Form
from geoevents.model import EventStatus, SubType

__all__ = ["status_of"]

_NEGATIONS = frozenset("not never no without neither nor nobody none cannot".split())
_NEGATED = frozenset("didnt wasnt werent hasnt havent hadnt dont doesnt isnt arent wont cant couldnt".split())
_MODAL = frozenset(
    """will would could may might shall should plan plans planned planning threaten threatens threatened
    threatening threat warn warned warns warning vow vowed vows vowing intend intends intended prepare
    preparing prepares prepared scheduled expected upcoming imminent potential possible risk fear fears
    feared urge urged urges urging proposed propose demand demanded demands want wants wanted hope hopes
    hoped ahead if unless hypothetical ready readying call called calls calling seek seeking seeks agreed
    agree order ordered attempt attempting avoid prevent preventing encourage consider considering
    considers considered likely ability able aims aim aimed prospect scenario discourage deter avert
    against""".split()
)
_WEAK_MODAL = frozenset("against agreed agree order ordered able attempt called call calls wanted".split())
_DID = frozenset("began begin begins continued continue continues managed went used helped started".split())
# Who was made to do so did: "forced some 3,000 families to flee".
_MADE_TO = frozenset(
    "forced forcing drove driven driving compelled compelling caused causing prompted prompting".split()
)
# Who came to do so did: "visited Syria to meet Assad".
_CAME = frozenset("visited arrived traveled travelled flew came went".split())
_PAST = frozenset(
    """anniversary commemorate commemorated commemorates commemorating commemoration memorial historic
    historical remember remembered remembers remembering decades centuries century 1940s 1950s 1960s 1970s 1980s
    1990s veterans veteran""".split()
)


def status_of(mention: Mention) -> tuple[EventStatus, str]:
    """Return whether the text says that it happened, and why, in words.

    Past and unhedged is factual; the date may still make it background.
    """
    passage, first = mention.passage, mention.first
    clause = mention.clause
    start = first
    while start > 0 and first - start < 8 and passage.clauses[start - 1] == clause:
        start -= 1
    # "On 3 May" is no "may".
    timeless = {i for m in passage.moments for i in range(m.first, m.last)}
    before = tuple(passage.keys[i] for i in range(start, first) if i not in timeless)
    tail = before[-3:]
    denied = _denial(passage, mention, before)
    if denied:
        return EventStatus.DENIED, f"{denied!r} denies it"
    modal = _modality(mention, before, tail)
    if modal:
        return EventStatus.PLANNED, f"{modal!r} says that it is yet to come"
    charge = _accusation(mention)
    if charge:
        return EventStatus.CLAIMED, f"{charge!r}: it is what somebody is accused of"
    window = passage.keys[_told_from(mention) : mention.last + 6]
    past = next((key for key in window if key in _PAST), None)
    if past:
        return EventStatus.BACKGROUND, f"{past!r} says that it is past history"
    return EventStatus.FACTUAL, "told as done"


def _told_from(mention: Mention) -> int:
    """Return where the words begin that say when it was told of: those of a relative's noun too.

    In "the anniversary of the massacre, in which 8,000 died" the deaths are as long past.
    """
    passage, first = mention.passage, mention.first
    begin = max(0, first - 10)
    opener = passage.clauses.index(mention.clause)
    if passage.keys[opener] in {"which", "when", "where", "that", "who"} and first - opener < 10:
        begin = min(begin, max(0, opener - 10))
    return begin


def _denial(passage: Passage, mention: Mention, before: tuple[str, ...]) -> str | None:
    if not before and mention.first:
        # A verb of speech opens its own clause; its subject, and "no", stand in the one before.
        before = passage.keys[max(0, mention.first - 3) : mention.first]
    tail = before[-4:]
    for key in reversed(tail):
        if key in _NEGATED or (key in _NEGATIONS and not _counts_nobody(passage, mention)):
            return key
    return _denied_by(mention) or _called_false(mention)


# --- what is denied, what somebody is accused of ----------------------------------------------------

_DENYING = frozenset("deny denies denied denying denial denials".split())
_REJECTING = frozenset(
    """reject rejects rejected rejecting dismiss dismisses dismissed dismissing refute refutes refuted refuting
    rebut rebuts rebutted rebutting dispute disputes disputed disputing""".split()
)
_ACCUSING = frozenset("accuse accuses accused accusing".split())
_ANSWERING = _DENYING | _REJECTING | _ACCUSING
_REPORTS = frozenset(
    """report reports claim claims allegation allegations accusation accusations rumor rumors rumour rumours
    suggestion suggestions charge charges assertion assertions speculation""".split()
)
# Who denies, or is accused of, a share in something leaves no doubt that it happened.
_SHARES = frozenset(
    """responsibility involvement involved role link links part complicity complicit knowledge connection
    behind failing failure ignoring inaction backing supporting arming financing sheltering harboring
    harbouring""".split()
)
# What follows these is told as done, whatever stands before: "denied it after the attack".
_LEADS_OFF = frozenset(
    """after before when while who which whose where because since following amid despite although though
    but until as said says saying told adding added warned reported announced confirmed vowed insisted
    arguing""".split()
)
_WITHHELD = frozenset("access entry bail permission visa visas asylum aid treatment food medical".split())
_FINITE = frozenset("that had has have was were did is are".split())
_FALSE = frozenset("false untrue baseless unfounded groundless fabricated fake".split())
_UNTRUE = _FALSE | {"true"}
_LONGEST_ANSWER = 24
_FAR_BREAKS = frozenset(";:")


def _answered(mention: Mention) -> int | None:
    """Return the word ahead that denies it or accuses of it, with nothing between that tells of it as done."""
    passage, keys = mention.passage, mention.passage.keys
    if _ANSWERING.isdisjoint(passage.bag):
        return None
    for index in range(mention.first - 1, max(-1, mention.first - _LONGEST_ANSWER), -1):
        if not _FAR_BREAKS.isdisjoint(passage.gap(index + 1)) or keys[index] in _LEADS_OFF:
            return None
        if keys[index] in _ANSWERING:
            return index
    return None


def _denied_by(mention: Mention) -> str | None:
    """Return the word by which somebody denies it: "denied that", "denying reports of", "rejected claims that"."""
    at, keys = _answered(mention), mention.passage.keys
    if at is None or keys[at] in _ACCUSING:
        return None
    between, ahead = keys[at + 1 : mention.first], keys[max(0, at - 2) : at]
    is_withheld = not _WITHHELD.isdisjoint(between[:2]) or (ahead[-1:] and ahead[-1] in _BEING)
    if is_withheld or not _SHARES.isdisjoint(between) or not (_NEGATIONS | _NEGATED).isdisjoint(ahead):
        return None
    if keys[at] in _REJECTING and _REPORTS.isdisjoint(between[:5]):
        return None
    if "and" in between and _FINITE.isdisjoint(between) and mention.form in {Form.PAST, Form.PARTICIPLE}:
        # "Denied the reports and shelled the town": a second deed of who denied.
        return None
    return keys[at]


_BEING = frozenset("was were been being is are be".split())


def _called_false(mention: Mention) -> str | None:
    """Return the word by which a report of it is called false: "rumours that rebels had taken X were untrue"."""
    keys, first = mention.passage.keys, mention.first
    if _UNTRUE.isdisjoint(mention.passage.bag) or _REPORTS.isdisjoint(
        keys[max(0, first - _LONGEST_REPORT) : first]
    ):
        return None
    for index in range(mention.last, min(len(keys), mention.last + _LONGEST_REPORT)):
        ahead = keys[index - 2 : index]
        if keys[index] in _FALSE and not _BEING.isdisjoint(ahead) and "not" not in ahead:
            return keys[index]
        if keys[index] == "true" and "not" in ahead:
            return "not true"
    return None


_LONGEST_REPORT = 10


def _accusation(mention: Mention) -> str | None:
    """Return the word by which somebody is accused of it, `None` where its having happened is not in doubt."""
    at, keys = _answered(mention), mention.passage.keys
    if at is None or keys[at] not in _ACCUSING:
        return None
    between = keys[at + 1 : mention.first]
    if "of" not in between or not _SHARES.isdisjoint(between):
        return None
    return f"{keys[at]} of"


def _counts_nobody(passage: Passage, mention: Mention) -> bool:
    """Whether "no" counts the victims ("no one was killed") and denies no event."""
    around = passage.keys[max(0, mention.first - 4) : mention.last + 3]
    is_toll = (
        bool({"casualties", "injuries", "one"} & set(around)) and mention.sub_type is not SubType.STATEMENT
    )
    return mention.is_effect or is_toll


# "Met to discuss a truce": there is none yet.
_TALKING = frozenset(
    "discuss discusses discussed discussing negotiate negotiates negotiating broker secure".split()
)
_KEEPING = frozenset(
    "prevent prevents prevented preventing stop stops stopped stopping bar barred block blocked keep kept".split()
)


def _modality(mention: Mention, before: tuple[str, ...], tail: tuple[str, ...]) -> str | None:
    kept = _kept_from(mention, before)
    if kept is not None:
        return kept
    if mention.form in {Form.PAST, Form.PARTICIPLE} and not (set(tail) & {"be", "have"}):
        # "had warned ... attacked": a past verb of its own is told as done.
        return "if" if "if" in before else None
    if tail and tail[-1] == "to" and mention.form in {Form.BASE, Form.FIXED}:
        is_done = (len(tail) > 1 and tail[-2] in _DID) or (
            mention.sub_type in {SubType.MEETING, SubType.VISIT} and _CAME & set(before)
        )
        # "Fighting has forced some 3,000 families to flee": they did.
        if is_done or (mention.sub_type is SubType.DISPLACEMENT and _MADE_TO & set(before)):
            return None
        return "to"
    if mention.is_nominal:
        return _modality_of_noun(mention, before, tail)
    strong = _MODAL - _WEAK_MODAL
    return next((key for key in reversed(before[-5:]) if key in strong), None) or _demanded(mention)


def _demanded(mention: Mention) -> str | None:
    """Return the word by which it is but demanded: "to demand that Rwanda withdraw its forces"."""
    passage = mention.passage
    opener = passage.clauses.index(mention.clause)
    if mention.form is not Form.BASE or passage.keys[opener] != "that" or mention.first - opener > _FAR:
        return None
    return next((key for key in reversed(passage.keys[max(0, opener - 4) : opener]) if key in _ASKING), None)


_FAR = 6
_ASKING = frozenset(
    """demand demands demanded demanding insist insists insisted insisting urge urged urging ask asked propose
    proposed request requested recommend recommended require required order ordered""".split()
)


def _kept_from(mention: Mention, before: tuple[str, ...]) -> str | None:
    """Return the word that keeps it from happening: "prevented supporters from marching"."""
    if mention.form is not Form.GERUND or before[-1:] != ("from",):
        return None
    return next((key for key in reversed(before) if key in _KEEPING), None)


def _modality_of_noun(mention: Mention, before: tuple[str, ...], tail: tuple[str, ...]) -> str | None:
    passage = mention.passage
    talked = next((key for key in reversed(before[-5:]) if key in _TALKING), None)
    if talked is not None and mention.sub_type is SubType.AGREEMENT:
        return talked
    timeless = {i for m in passage.moments for i in range(m.first, m.last)}
    for index in range(mention.last, min(len(passage.keys), mention.last + 6)):
        # "an assault on the city could ..."
        is_own = passage.clauses[index] == mention.clause and index not in timeless
        if is_own and passage.keys[index] in {"could", "would", "might", "may", "will"}:
            return passage.keys[index]
    behind = passage.keys[mention.last : mention.last + 3]
    if not {"is", "are"}.isdisjoint(behind) and not _SET_FOR.isdisjoint(behind):
        return next(key for key in behind if key in _SET_FOR)
    strong = _MODAL - _WEAK_MODAL
    return next((key for key in reversed(tail) if key in strong - {"may", "likely"}), None)


# "Another demonstration is planned".
_SET_FOR = frozenset("planned scheduled expected due".split())
