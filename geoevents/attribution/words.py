"""Which words are determiners, prepositions, subordinators? The closed classes of the grammar, in lower case."""

from __future__ import annotations

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "CLAUSE_LINKS",
    "CUE_WORDS",
    "DETERMINERS",
    "EMPTY_OBJECTS",
    "FOR_REASONS",
    "FRONTING",
    "FUNCTION_WORDS",
    "INVERTING",
    "JOINING",
    "LEADS",
    "MODALS",
    "NEGATIONS",
    "NOT_DENIED",
    "NOUN_OBJECTS",
    "NO_ADVERBS",
    "NUMBER_WORDS",
    "OWN",
    "PARTICLES",
    "PASSIVES",
    "PREPOSITIONS",
    "SUBJECT_PRONOUNS",
    "SUBORDINATORS",
    "TIME_WORDS",
]

DETERMINERS = frozenset("the a an this that these those its his her their our some any one another".split())

AUXILIARIES = frozenset("has have had".split())

PASSIVES = frozenset("be been being is are was were gets got".split())

MODALS = frozenset("could would can might may should must will cannot can't couldn't to".split())

NEGATIONS = frozenset(
    "not never neither nor didn't hasn't haven't hadn't doesn't don't did do does cannot couldn't".split()
)

SUBORDINATORS = frozenset(
    """
    that which who whom whose when while as because after before if although though where whereas but
    than since until unless whether how what why so yet amid despite
    """.split()
)

CLAUSE_LINKS = frozenset("but while whereas although though and".split())

PREPOSITIONS = frozenset(
    "of for in at from with by on to near inside outside under over into across about against among".split()
)

LEADS = frozenset(
    "and but so yet nor meanwhile also however separately earlier later then still moreover today".split()
)

OWN = frozenset("its his her their".split())

JOINING = PREPOSITIONS | frozenset({"and", "or", "&"})

FRONTING = frozenset(
    "in on at during after from by with for under over since following amid before despite according".split()
)

TIME_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec today
    yesterday tonight late early earlier later morning afternoon evening night week weekend month
    previously recently
    """.split()
)

ADVERBS = frozenset(
    "also later then again further now already earlier repeatedly once still both all".split()
)

NO_ADVERBS = frozenset("family assembly ally italy july reply supply anomaly homily monopoly".split())

FUNCTION_WORDS = DETERMINERS | AUXILIARIES | PASSIVES | SUBORDINATORS | PREPOSITIONS | TIME_WORDS | LEADS

PARTICLES = frozenset("al el bin ibn de la del der van von abu the ul ur ad an".split())

EMPTY_OBJECTS = frozenset("nothing so yes no goodbye little much enough hello".split())

INVERTING = frozenset("say add report write announce explain argue insist warn note state admit".split())

NOUN_OBJECTS = frozenset("report announce claim allege".split())

NOT_DENIED = frozenset("access entry bail visa visas permission asylum treatment right rights".split())

FOR_REASONS = frozenset("criticize criticise condemn denounce slam".split())

NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds several many few".split()
)

SUBJECT_PRONOUNS = frozenset("he she it they we i there".split())

CUE_WORDS = frozenset("according citing quoting quoted reportedly allegedly".split())
"""Words that report speech and are no verbs with a subject."""
