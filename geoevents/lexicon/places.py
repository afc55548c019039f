"""Which words around a name say that it is a place, and of what kind?

All words are folded (`geoevents.text.fold`).
"""

from __future__ import annotations

from geoevents.model import Place, PlaceKind

__all__ = [
    "CALENDAR",
    "CLUBS",
    "CUES_BEFORE",
    "DESCRIBING_NOUNS",
    "DIRECTIONS",
    "DISEASE_NAMES",
    "DISEASE_WORDS",
    "EMBEDDING_HEADS",
    "ESTABLISHED_NAMES",
    "EVENT_VERBS",
    "EVERYDAY_SENSES",
    "KIND_WORDS",
    "LOCATIVE",
    "METONYM_OBJECTS",
    "METONYM_VERBS",
    "MOVES",
    "NAMING_NOUNS",
    "OF_PLACES",
    "OPENERS",
    "OTHER_SENSES",
    "PARTS_AFTER",
    "PLAYERS",
    "PLURALS",
    "PREPOSITIONS",
    "SPORTS",
    "STATE_ABBREVIATIONS",
    "STORMS",
    "TEAM_LINKS",
    "THINGS_NAMED_FOR_PLACES",
    "VESSELS",
    "WITH_ARTICLE",
    "division_kinds",
    "names_an_area",
]

_K = PlaceKind

# What a generic noun beside a name makes of it: "Homs governorate", "the city of Homs".
KIND_WORDS: dict[str, frozenset[PlaceKind]] = {
    word: frozenset(kinds)
    for words, kinds in (
        ("province provinces governorate governorates oblast oblasts region regions state states krai republic",
         (_K.ADMIN1, _K.ADMIN2, _K.REGION)),
        ("departments", (_K.ADMIN1, _K.ADMIN2)),
        ("county counties parish parishes district districts raion borough prefecture canton municipality",
         (_K.ADMIN2, _K.ADMIN1)),
        ("city town village hamlet capital township settlement port suburb suburbs community",
         (_K.SETTLEMENT, _K.QUARTER)),
        ("neighborhood neighbourhood quarter", (_K.QUARTER, _K.SETTLEMENT)),
        ("garrison base airbase outpost barracks headquarters stronghold fort",
         (_K.MILITARY, _K.AIRPORT)),
        ("airfield airport airstrip", (_K.AIRPORT, _K.MILITARY)),
        ("crossing checkpoint", (_K.CROSSING,)),
        ("camp", (_K.CAMP,)),
        ("dam refinery plant oilfield gasfield terminal", (_K.FACILITY,)),
        ("river lake sea gulf strait bay ocean canal reservoir creek", (_K.WATER,)),
        ("mountain mountains mount island islands peninsula desert valley plateau hills",
         (_K.LAND, _K.REGION)),
        ("delta strip heights", (_K.REGION, _K.LAND, _K.ADMIN1)),
        ("countryside", (_K.ADMIN1, _K.ADMIN2, _K.SETTLEMENT)),
        ("country nation", (_K.COUNTRY,)),
    )
    for word in words.split()
}  # fmt: skip


def division_kinds(word: str) -> frozenset[PlaceKind]:
    """Return the kinds of division that a word makes of the name before it: "Potosí department"."""
    kinds = KIND_WORDS.get(word.casefold(), frozenset())
    is_one = word.casefold() in _ONLY_BEHIND or not kinds.isdisjoint(_DIVISIONS)
    return kinds | _DIVISIONS if is_one else frozenset()


_DIVISIONS = frozenset({_K.ADMIN1, _K.ADMIN2})
# Words that make a division of a name before them, and say little elsewhere.
_ONLY_BEHIND = frozenset(("department", "voivodeship", "jurisdiction", "division"))


def names_an_area(name: str, place: Place) -> bool:
    """Say whether the name is that of an area or a river, of which a place known as a point is a part.

    "Pisz County" may be known by its town only.

    >>> from geoevents.model import LatLon
    >>> pisz = Place("p", "Pisz", point=LatLon(lat=53.6, lon=21.8), kind=PlaceKind.SETTLEMENT)
    >>> names_an_area("Pisz County", pisz), names_an_area("Pisz", pisz)
    (True, False)
    """
    first, _, last = name.rpartition(" ")
    kinds = division_kinds(last) or KIND_WORDS.get(last.casefold()) if first else None
    if kinds is None or not all(kind.is_area for kind in kinds) or place.kind in kinds:
        return False
    is_known_wide = place.kind.is_area and _K.WATER not in kinds
    return not is_known_wide and not place.name.casefold().endswith(last.casefold())


# "the town of X" says what X is; so do "village X" and "mount X".
CUES_BEFORE = frozenset(
    """
    province governorate oblast state county parish district city town village hamlet capital
    township settlement port suburb suburbs neighborhood neighbourhood quarter camp island islands
    republic kingdom peninsula region area areas outskirts countryside municipality community
    emirate valley enclave stronghold strait gulf
    provinces governorates districts cities towns villages hamlets suburbs neighborhoods camps
    """.split()
)

PREPOSITIONS = frozenset("in at near around from outside inside toward towards into to via across".split())
# Words that open a sentence before its subject, and no name: "Yesterday Kyiv was shelled".
OPENERS = frozenset(
    """
    yesterday today tomorrow tonight overnight meanwhile however when while after before although though if as
    because since until once where whereas but and so then now earlier later recently elsewhere also still yet
    instead nevertheless again by with for like unlike despite during under over between only even both
    """.split()
)
# "the mayor of X", "south of X", "the shelling of X": what only places have.
OF_PLACES = frozenset(
    """
    mayor mayors governor emir north south east west northeast northwest southeast southwest streets skies
    residents people inhabitants population citizens natives siege sieges bombardment shelling bombing
    battle battles fall liberation occupation annexation invasion bishop archbishop
    """.split()
)
# The prepositions that hardly ever stand before a person or an organization.
LOCATIVE = frozenset("in near outside inside around into toward towards across throughout between".split())

DIRECTIONS = frozenset(
    """
    north south east west northern southern eastern western northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern central downtown greater lower upper rural
    coastal mainland suburban inner outer occupied
    """.split()
)

# What follows a place name without making it part of another name.
PARTS_AFTER = frozenset(
    """
    area region border frontier countryside outskirts suburb suburbs neighborhood neighbourhood coast
    shore province governorate oblast county district state city town village capital camp crossing
    garrison base airbase airfield front axis enclave pocket resident residents
    """.split()
)

# Words that make a larger thing of the name before them: streets, buildings, ships, roads.
EMBEDDING_HEADS = frozenset(
    """
    street st road rd avenue ave boulevard blvd drive dr lane ln court ct place square way parkway
    highway hwy pike trail plaza terrace circle bridge tower building mall stadium arena park field
    gardens hall high elementary middle cemetery interchange expressway freeway turnpike station
    """.split()
)

# Press and postal abbreviations that are too short or too much like words to trust anywhere but
# after a place name and a comma; those with inner full stops are trusted everywhere.
STATE_ABBREVIATIONS: dict[str, str] = {
    key: state
    for state, keys in (
        ("Alabama", "ala|al"), ("Alaska", "ak"), ("Arizona", "ariz|az"), ("Arkansas", "ark|ar"),
        ("California", "calif|ca"), ("Colorado", "colo|co"), ("Connecticut", "conn|ct"),
        ("Delaware", "del|de"), ("District of Columbia", "d c|dc"), ("Florida", "fla|fl"),
        ("Georgia", "ga"), ("Hawaii", "hi"), ("Idaho", "id"), ("Illinois", "ill|il"),
        ("Indiana", "ind|in"), ("Iowa", "ia"), ("Kansas", "kan|ks"), ("Kentucky", "ky"),
        ("Louisiana", "la"), ("Maine", "me"), ("Maryland", "md"), ("Massachusetts", "mass|ma"),
        ("Michigan", "mich|mi"), ("Minnesota", "minn|mn"), ("Mississippi", "miss|ms"),
        ("Missouri", "mo"), ("Montana", "mont|mt"), ("Nebraska", "neb|ne"), ("Nevada", "nev|nv"),
        ("New Hampshire", "n h|nh"), ("New Jersey", "n j|nj"), ("New Mexico", "n m|nm"),
        ("New York", "n y|ny"), ("North Carolina", "n c|nc"), ("North Dakota", "n d|nd"),
        ("Ohio", "oh"), ("Oklahoma", "okla|ok"), ("Oregon", "ore|or"), ("Pennsylvania", "pa|penn"),
        ("Rhode Island", "r i|ri"), ("South Carolina", "s c|sc"), ("South Dakota", "s d|sd"),
        ("Tennessee", "tenn|tn"), ("Texas", "tex|tx"), ("Utah", "ut"), ("Vermont", "vt"),
        ("Virginia", "va"), ("Washington", "wash|wa"), ("West Virginia", "w va|wv"),
        ("Wisconsin", "wis|wi"), ("Wyoming", "wyo|wy"), ("Ontario", "ont"), ("Alberta", "alta"),
        ("British Columbia", "b c"), ("Manitoba", "man"), ("Quebec", "que"),
        ("Saskatchewan", "sask"), ("Nova Scotia", "n s"), ("New Brunswick", "n b"),
    )
    for key in keys.split("|")
}  # fmt: skip

# A capital or a country before one of these speaks or acts: its government is meant.
METONYM_VERBS = frozenset(
    """
    said says rejected rejects accused accuses denied denies warned warns agreed agrees wants wanted
    urged urges blamed blames insisted insists announced announces condemned condemns vowed vows
    criticized criticised criticizes backed backs supports supported opposes opposed sought seeks
    hopes hoped threatened threatens pledged pledges refused refuses demanded demands claims claimed
    argued argues expressed expects expected believes called calls summoned expelled signed imposed
    recognized recognised retaliated responded withdrew sent declared considers regards sees
    """.split()
)

# Right after one of these, a capital or a country is a government: "accused Moscow of".
METONYM_OBJECTS = frozenset(
    """
    accused accuses accusing blamed blames blaming urged urges urging warned warns warning told
    criticized criticised pressed pressured persuade persuaded convince convinced asked against
    """.split()
)

# A capitalized name with one of these behind it is a place, even one that no gazetteer has.
NAMING_NOUNS = frozenset(
    """
    province governorate oblast county parish raion prefecture canton district subdistrict township
    village town neighborhood neighbourhood quarter suburb area valley river creek lake mountain
    mountains hill hills island islands peninsula desert forest airport airfield airbase crossing
    checkpoint camp dam refinery border countryside
    """.split()
)

# "Clarke and Oconee counties": the noun of several names, and what it says of each.
PLURALS: dict[str, str] = {
    "counties": "county",
    "parishes": "parish",
    "districts": "district",
    "provinces": "province",
    "governorates": "governorate",
    "oblasts": "oblast",
    "prefectures": "prefecture",
    "townships": "township",
    "villages": "village",
    "towns": "town",
    "cities": "city",
    "regions": "region",
    "departments": "departments",
    "states": "state",
    "krais": "krai",
    "cantons": "canton",
    "municipalities": "municipality",
    "boroughs": "borough",
    "neighborhoods": "neighborhood",
    "neighbourhoods": "neighbourhood",
    "suburbs": "suburb",
    "camps": "camp",
    "rivers": "river",
    "islands": "island",
}

# "in the city", "the Syrian capital": nouns that stand for the name of a place.
DESCRIBING_NOUNS = frozenset("capital city town village province governorate oblast".split())

# Words of a sports page: a city beside one of TEAM_LINKS is its team there.
SPORTS = frozenset(
    """
    striker strikers midfielder midfielders goalkeeper winger quarterback penalties scored scores scoring
    goalless halftime playoff playoffs semifinal semifinals quarterfinal quarterfinals kickoff match fixture
    fixtures defeat substitute relegation
    """.split()
)
TEAM_LINKS = frozenset("against beat beats beating defeated thrashed vs v versus between and over".split())
# What a club has, and takes from other clubs ("a defender from Sevilla").
PLAYERS = frozenset(
    "striker defender midfielder goalkeeper winger forward quarterback pitcher shortstop loan player".split()
)
# The first words of clubs whose last is a city: "Maccabi Tel Aviv".
CLUBS = frozenset(
    """
    maccabi hapoel beitar inter dynamo dinamo lokomotiv spartak cska shakhtar atletico borussia bayer sporting
    olympique racing partizan rapid austria legia slavia sparta zenit torpedo besiktas galatasaray fc ac sc afc
    """.split()
)

# Verbs of motion: what they go "to" is a place ("moved on to Xyz", "fled to Xyz").
MOVES = frozenset(
    """
    move moved moves moving advance advanced advances advancing flee fled flees fleeing march marched
    marches marching drove driving drive travel traveled travelled traveling travelling retreat
    retreated retreats retreating withdrew withdrawn withdrawing head headed heads heading push pushed
    pushing spread spreading deployed
    """.split()
)

# Verbs whose object, right after them, is where something happened.
EVENT_VERBS = frozenset(
    """
    retook recaptured captured seized shelled bombed bombarded attacked struck hit stormed besieged
    entered reached left fled evacuated liberated visited raided pounded surrounded encircled
    defended leaving entering attacking shelling bombing striking besieging seizing capturing hitting
    """.split()
)

# Words close behind a name that give away its other meaning.
OTHER_SENSES: dict[str, frozenset[str]] = {
    "turkey": frozenset(
        """served roast roasted carved potatoes dinner sandwich sandwiches gravy stuffing breast bacon farm
        farms farmer farmers shoot trot ham cranberry chili oven leftovers poultry chickens thanksgiving""".split()
    ),
    "jordan": frozenset("bulls nba dunk dunks rebounds sneakers".split()),
    "china": frozenset("cup cups plates teapot cabinet doll".split()),
    "jersey": frozenset("number worn retired".split()),
    "cologne": frozenset("bottle scent".split()),
    "bordeaux": frozenset("drank drink drinks drinking glass bottle bottles wine wines".split()),
    "champagne": frozenset(
        "drank drink drinks drinking glass glasses bottle bottles toast toasted popped".split()
    ),
    "burgundy": frozenset("drank drink drinks drinking glass bottle bottles wine wines".split()),
}
# What is an everyday word in lower case: a capital inside a sentence says that the other sense is not meant.
EVERYDAY_SENSES = frozenset(("turkey", "china", "jersey", "cologne"))

# Diseases are called by where they were first seen: these, right before one of those.
DISEASE_NAMES = frozenset(
    (
        "west nile", "rift valley", "marburg", "lassa", "zika", "ebola", "nipah", "hendra", "ross river",
        "norwalk", "murray valley", "congo", "crimea", "lyme", "old lyme", "st louis", "saint louis", "middle east",
    )
)  # fmt: skip
DISEASE_WORDS = frozenset("fever virus encephalitis haemorrhagic hemorrhagic disease respiratory".split())

# "Vienna sausages", "a Panama hat", "Buffalo wings": what a place gives its name to, right behind it.
THINGS_NAMED_FOR_PLACES = frozenset(
    """
    sausage sausages sprouts duck wings sandwich sandwiches delight hat hats salad mustard ham cheese
    shepherd shepherds terrier terriers retriever retrievers hound hounds setter setters cat cats
    rug rugs carpet carpets lace sweater sweaters shawl shawls vest oats pudding buns sauce dressing dip
    cheesesteak cheesesteaks pilsner goulash risotto pate
    """.split()
)

# "Hurricane Florence", "Typhoon Haiyan": storms bear the names of persons, and of places.
STORMS = frozenset("hurricane typhoon cyclone storm".split())

# A capitalized name right after one of these is a ship's: "HMS Manchester", "the cruiser Moskva".
VESSELS = frozenset(
    """
    hms hmcs hmas uss usns usnh ins rfs jds mv cruiser cruisers frigate frigates destroyer destroyers
    submarine submarines corvette corvettes warship warships battleship minesweeper tanker freighter ferry
    trawler dreadnought flagship
    """.split()
)

# Names of large cities that texts in English still use, or used until lately, beside the main one: the
# largest city that bears one of them is meant as if it were its main name.
ESTABLISHED_NAMES = frozenset(
    (
        "alma ata", "amoy", "artemivsk", "bangalore", "bengasi", "benares", "bombay",
        "breslau", "calcutta", "cawnpore", "chungking", "cologne", "constantinople", "danzig", "dacca", "dairen",
        "dnepropetrovsk", "dnipropetrovsk", "elisabethville", "frunze", "genoa", "gorlovka", "halab",
        "khankendi", "kirovograd", "kirovohrad", "kishinev", "konigsberg", "krivoi rog", "krivoy rog",
        "lemberg", "leningrad", "leopoldville", "lourenco marques", "madras", "mogadiscio", "mukden", "munich",
        "muqdisho", "mysore", "nanking", "naples", "nikolaev", "nikolayev", "nuremberg", "peking", "poona", "pressburg",
        "rangoon", "reval", "saigon", "shingal", "smyrna", "stalingrad", "stanleyville", "stettin", "sverdlovsk",
        "tiflis", "tientsin", "trivandrum", "tsingtao", "turin", "vilna", "wilno", "xankendi",
        "zaporozhye", "zaporozhe", "beyrouth", "le caire", "tombouctou", "n djamena",
        "fort lamy", "batavia", "malacca", "tarablus",
    )
)  # fmt: skip

# Cities whose names keep their article: "The Hague".
WITH_ARTICLE = frozenset("hague dalles woodlands villages".split())

# Calendar words are never places, although each of them names a village somewhere.
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
    """.split()
)
