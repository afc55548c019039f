"""Which words put a statement in somebody's mouth, and how does that somebody stand to it?"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from geoevents.model import Stance

__all__ = [
    "ADDRESSES",
    "BODIES",
    "FINITE_VERBS",
    "INTERLOCUTORS",
    "NOUN_FORMS",
    "PERSON_ROLES",
    "PLURAL_ROLES",
    "PRONOUNS",
    "SPEECH_NOUNS",
    "STATEMENT_NOUNS",
    "TITLES",
    "VERB_BASES",
    "VERB_FORMS",
    "Complement",
    "VerbForm",
]


class Complement(StrEnum):
    """What a verb needs beside it to report speech.

    `CLAUSE` verbs take what was said outright ("said it had left"). `THAT` verbs need "that", a
    colon, a quotation, or stand after what was said ("stressed that"). `OBJECT` verbs take a noun as
    well ("confirmed the strike"). `CHARGE` verbs name whom they blame ("accused Moscow of"), and
    `REBUTTAL` verbs answer a statement ("rejected the accusations") or take "that".
    """

    CLAUSE = "clause"
    THAT = "that"
    OBJECT = "object"
    CHARGE = "charge"
    REBUTTAL = "rebuttal"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One inflected form of a reporting verb; `is_participle` marks the one in "-ing"."""

    base: str
    stance: Stance
    _: KW_ONLY
    complement: Complement
    is_participle: bool


_VERBS = {
    (Stance.CLAIMS, Complement.CLAUSE): """
        say tell:told add claim allege insist argue maintain assert retort state announce
        estimate contend suggest boast
        """,
    (Stance.CLAIMS, Complement.THAT): """
        write:wrote:written stress emphasize emphasise underline note warn charge explain declare reply:replied answer
        respond reiterate complain remark counter point quip conclude recall observe predict vow
        pledge promise threaten hint signal speculate testify:testified tweet post comment
        read:read affirm proclaim lament caution indicate
        """,
    (Stance.CLAIMS, Complement.CHARGE): "accuse blame criticize criticise condemn denounce slam:slammed",
    (Stance.REPORTS, Complement.CLAUSE): "report",
    (Stance.REPORTS, Complement.THAT): "reveal disclose describe",
    (Stance.DENIES, Complement.OBJECT): "deny:denied",
    (
        Stance.DENIES,
        Complement.REBUTTAL,
    ): "reject dismiss dispute refute rebut:rebutted rebuff contest discount",
    (Stance.CONFIRMS, Complement.OBJECT): "confirm acknowledge",
    (Stance.CONFIRMS, Complement.CLAUSE): "admit:admitted concede",
}

PRONOUNS = frozenset("he she it they who which".split())
TITLES = frozenset(
    """
    mr mrs ms dr sir maj gen lt col capt cpl sgt brig adm cmdr rev hon prof gov sen rep sheikh imam
    ayatollah mullah mufti general major colonel lieutenant captain brigadier admiral commander
    sergeant president premier prime minister chancellor king queen prince crown emir sultan senator
    governor mayor pope cardinal bishop archbishop patriarch judge justice ambassador
    """.split()
)
"""Words that stand before a person's name and are no part of it, in lower case without full stop."""

PERSON_ROLES = frozenset(
    """
    spokesman spokeswoman spokesperson official minister secretary president chief head director
    commander leader general colonel captain major officer governor mayor deputy lawmaker legislator
    senator ambassador envoy diplomat activist resident witness doctor medic physician surgeon nurse
    lawyer prosecutor judge analyst expert researcher professor adviser advisor aide coordinator
    representative chairman chairwoman chair manager administrator member fighter soldier pilot
    survivor villager farmer driver teacher student shopkeeper trader source reporter correspondent
    journalist photographer editor negotiator mediator inspector superintendent sheriff father mother
    brother sister son daughter wife husband uncle neighbor neighbour elder chieftain imam priest
    bishop archbishop cleric sheikh refugee worker volunteer rescuer firefighter paramedic monitor
    observer founder owner veteran historian economist scientist author premier chancellor king
    prince emir pope czar commissioner attorney magistrate congressman congresswoman technician
    engineer consul marshal warden organizer organiser
    """.split()
)
PLURAL_ROLES = frozenset(
    """
    officials witnesses residents activists police authorities sources medics doctors spokesmen
    officers analysts experts reporters journalists diplomats villagers locals survivors soldiers
    rebels militants insurgents fighters commanders leaders lawmakers prosecutors investigators
    rescuers monitors observers volunteers workers elders relatives families neighbors neighbours
    refugees lawyers critics opponents supporters aides ministers reports media people firefighters
    paramedics hospitals
    """.split()
)
BODIES = frozenset(
    """
    ministry army military government police command agency group organization organisation
    committee council office department directorate service party movement front militia bureau
    company hospital court parliament congress union league bank embassy administration alliance
    coalition observatory watchdog network channel newspaper broadcaster station mission force
    forces staff authority commission federation association brigade battalion division body foundation
    center centre institute society kingdom regime opposition rebels monitor presidency secretariat
    """.split()
)
"""Nouns for what speaks as an institution ("the ministry said"), in lower case."""

STATEMENT_NOUNS = frozenset(
    """
    statement communique communiqué report bulletin dispatch tweet post message letter announcement
    release declaration note email interview briefing broadcast
    """.split()
)
"""What is said or written down: the speaker is whose it is."""

SPEECH_NOUNS = frozenset(
    """
    accusation accusations allegation allegations assertion assertions charge charges claim claims
    complaint complaints contention criticism denial insinuation insinuations report reports rumor
    rumors rumour rumours statement statements suggestion suggestions account accounts story stories
    involvement responsibility wrongdoing notion idea version blame figure figures finding findings
    """.split()
)
"""What can be denied, rejected or dismissed: somebody else's words."""

ADDRESSES = frozenset(
    """
    statement communique communiqué interview conference briefing report website television tv radio twitter
    facebook telegram phone telephone anonymity speech address letter message tweet post remarks
    comments reporters journalists parliament broadcast video email bulletin hearing reply response
    detail editorial testimony call note agency media channel dispatch
    """.split()
)
"""Where and to whom something is said ("in a statement", "to reporters")."""

NOUN_FORMS = frozenset(
    """
    report reports claim claims charge charges state states note notes estimate estimates comment
    comments post posts answer answers promise promises threat warning vow vows pledge pledges
    complaint signal signals remark remarks counter point points quip quips blame contest discount
    discounts dispute disputes
    """.split()
)
"""Forms of reporting verbs that are nouns as well."""

FINITE_VERBS = frozenset(
    """
    hit struck fled died left went took fought began shot made came saw got ran held won lost met sent
    kept gave broke fell rose drove flew blew burned burnt stood sought brought caught bought built
    cut put set shut spoke stole threw wore wrote withdrew overran became found felt led let paid read
    understood grew knew does did do has have had
    """.split()
)
"""Irregular past forms and auxiliaries: the verb of a clause; regular ones end in "-ed"."""

INTERLOCUTORS = frozenset(
    """
    reporters journalists us me them him her lawmakers parliament media press audience crowd
    """.split()
)
"""Who is told what is said ("told reporters")."""


def _participle(base: str) -> str:
    if base in {"admit", "slam", "rebut"}:
        return f"{base}{base[-1]}ing"
    return f"{base.removesuffix('e')}ing"


def _inflect(entry: str) -> tuple[list[str], str]:
    """Return the finite and perfect forms of a verb, and its participle in "-ing"."""
    base, *irregular = entry.split(":")
    ending = "es" if base.endswith(("s", "h")) else "s"
    third = f"{base[:-1]}ies" if base in {"deny", "reply", "testify"} else base + ending
    past = irregular or [f"{base.removesuffix('e')}ed"]
    return [base, third, *past], _participle(base)


def _forms() -> dict[str, VerbForm]:
    table: dict[str, VerbForm] = {}
    for (stance, complement), entries in _VERBS.items():
        for entry in entries.split():
            base = entry.split(":")[0]
            finite, participle = _inflect("say:said" if entry == "say" else entry)
            for word in [*finite, participle]:
                table[word] = VerbForm(base, stance, complement=complement, is_participle=word == participle)
    return table


VERB_FORMS = _forms()
"""Every inflected form, in lower case, to the verb that it belongs to."""

VERB_BASES = frozenset(form.base for form in VERB_FORMS.values())
"""The base forms alone ("say"), which are nouns or plurals where they look like one."""
