"""Which words say that a capitalized name is a person or an organization, not a place?

All words are folded (`geoevents.text.fold`). The closed classes stand here; given names and the
words of everyday English are tables in `data/`.
"""

from __future__ import annotations

from functools import cache

from geoevents.tables import read_rows, table_path

__all__ = [
    "KIN",
    "ORGANIZATION_HEADS",
    "ORGANIZATION_LEADS",
    "ROLE_NOUNS",
    "SAYING",
    "SURNAMES",
    "TITLES",
    "common_words",
    "given_names",
]

# Written before a name, with or without a full stop, capitalized.
TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sir lord lady dame madam president vice premier chancellor
    minister king queen prince princess emperor sultan emir sheikh sheik shaikh imam ayatollah
    mullah grand mufti rabbi pope cardinal bishop archbishop patriarch rev reverend fr father
    sister brother pastor deacon sen senator rep representative congressman congresswoman gov
    governor mayor councilman councilwoman councillor councilor alderman commissioner judge
    justice attorney sheriff deputy officer detective constable inspector superintendent chief
    coach principal dean chairman chairwoman chairperson director secretary ambassador consul
    envoy gen general maj major lt lieutenant col colonel capt captain cmdr commander sgt sergeant
    cpl corporal pvt private pfc spc adm admiral brig brigadier marshal marshall warrant trooper
    comrade mp mla mep hon speaker leader spokesman spokeswoman spokesperson analyst actor actress
    author singer candidate defendant activist lawyer journalist reporter photographer
    """.split()
)

# Written before a name in lower case ("spokesman Ned Price", "teacher Paris Brown").
ROLE_NOUNS = frozenset(
    """
    president minister chancellor spokesman spokeswoman spokesperson chief leader commander general
    colonel captain major director chairman chairwoman secretary ambassador envoy judge lawyer
    attorney prosecutor coach player striker goalkeeper defender midfielder pitcher quarterback
    singer actor actress author writer poet artist musician guitarist drummer teacher professor
    student pupil researcher analyst economist historian activist blogger journalist reporter
    correspondent editor photographer cameraman farmer shopkeeper driver owner manager founder
    brother sister mother father son daughter wife husband widow uncle aunt cousin nephew niece
    grandmother grandfather friend neighbor neighbour colleague resident witness suspect victim
    candidate senator congressman governor mayor sheriff deputy officer detective sergeant lieutenant
    billionaire businessman businesswoman entrepreneur king queen prince princess named called
    """.split()
)

# Only persons have these: "Paris's father".
KIN = frozenset(
    """
    brother sister mother father son daughter wife husband widow widower uncle aunt cousin nephew niece
    grandmother grandfather parents girlfriend boyfriend fiance fiancee stepfather stepmother twin
    """.split()
)

# Common family names that are also the names of towns: alone, they are a person as often as not.
SURNAMES = frozenset(
    """
    adams alexander allen anderson andrews armstrong arnold austin bailey baker barnes bell bennett
    black boyd bradley brooks brown bryant burns burton butler byrd campbell carpenter carroll carter
    chambers chapman clark cole coleman collins cook cooper cox crawford cruz cunningham daniels
    davidson davis dean diaz dixon douglas duncan dunn edison edwards elliott ellis evans ferguson
    fields fisher fleming flores ford foster fox franklin freeman garcia gardner gaston gibson gomez
    gonzalez gordon graham grant graves gray green greene griffin hall hamilton hansen harding
    harper harris harrison hart harvey hawkins hayes henderson henry hernandez hicks hill holland
    holmes hopkins houston howard hudson hughes hunt hunter jackson jacobs james jefferson jenkins
    jennings jensen johnson johnston jones jordan kelley kelly kennedy king knight lawrence lawson
    lee lewis lincoln logan long lopez lucas lynch lynn manning marshall martin martinez mason
    matthews mccarthy mccoy mcdonald mendoza meyer miller mills mitchell montgomery moody moore
    morales morgan morris morrison murphy murray myers nelson newman newton nichols obama obrien
    oliver olson ortiz owens palmer parker patterson payne perez perkins perry peters peterson
    phillips pierce porter powell price ramirez ramos reed reid reyes reynolds rice richards
    richardson riley rivera roberts robertson robinson rodriguez rogers rose ross russell ryan
    sanchez sanders schmidt scott shaw simmons simpson sims smith snyder spencer stanley stephens
    stevens stewart stone sullivan taylor thomas thompson torres tucker turner vargas wagner walker
    wallace ward warner warren washington watkins watson weaver webb weber webster welch wells
    wheeler white williams williamson willis wilson wood woods wright young
    """.split()
)

SAYING = frozenset(
    """
    said says say told tells added adds noted notes argued argues explained explains wrote writes
    recalled recalls replied replies asked asks testified insisted insists admitted commented
    retorted remarked joked thinks thought believes laughed smiled shrugged
    """.split()
)

# The last word of an organization's name: what stands before it is part of the name.
ORGANIZATION_HEADS = frozenset(
    """
    organisation organization cooperation university college school schools academy institute institution polytechnic seminary party front
    movement brigade brigades battalion regiment division corps army militia forces force command
    police guard guards legion coalition alliance union federation confederation league association
    society club fc afc sc cf united rovers wanderers athletic rangers celtic city town times post
    news herald tribune journal gazette press chronicle observer telegraph guardian sun mirror star
    register courier dispatch examiner monitor daily weekly magazine review radio tv television
    broadcasting media network channel agency authority authorities commission committee council
    board bureau department ministry office service services administration court tribunal
    parliament assembly senate congress government cabinet bank group company co corp corporation
    inc llc ltd plc gmbh holdings partners industries motors airlines airways energy oil gas power
    electric railway railways railroad foundation trust fund charity church cathedral mosque temple
    hospital clinic center centre museum gallery theatre theater library hotel inn restaurant
    orchestra symphony philharmonic opera ballet festival cup open championship championships
    tournament bowl marathon olympics games prize award act treaty accord accords agreement protocol
    convention declaration resolution bill plan initiative project program programme system
    conference summit forum exchange index team squad national nationals bulldogs tigers lions eagles
    bears hawks wildcats panthers cowboys lakers celtics yankees mets dodgers giants jets patriots
    steelers raiders chiefs packers vikings bulls knicks rockets spurs heat magic kings sharks
    highway route interstate exit exits strip observatory watch fellowship chamber district sheriff fire rescue
    """.split()
)

# The first words of an organization's name whose place follows "of" ("University of Aleppo").
ORGANIZATION_LEADS = frozenset(
    """
    university college bank army church diocese archdiocese bishop archbishop patriarch embassy
    consulate ministry department government parliament house chamber duke duchess earl prince
    princess king queen emir sultan lord miss bureau institute academy museum party front
    association federation league order treaty movement times
    """.split()
)


@cache
def given_names() -> frozenset[str]:
    """Return the folded given names of `data/given_names.csv`; some of them are places as well."""
    return frozenset(row["name"] for _, row in read_rows(table_path("given_names.csv")))


@cache
def common_words() -> frozenset[str]:
    """Return the folded words of everyday English of `data/common_words.csv`.

    They stand mostly in lower case in running news; months and weekdays are among them.
    """
    return frozenset(row["word"] for _, row in read_rows(table_path("common_words.csv")))
