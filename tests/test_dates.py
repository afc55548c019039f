from __future__ import annotations

import json
import re
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geoevents.dates import NewsDater
from geoevents.dates.finding import find_times
from geoevents.dates.forms import FORMS
from geoevents.model import DateRange, Document, Granularity, Span

WEDNESDAY = date(2024, 3, 13)
DATER = NewsDater()
GOLDEN = Path(__file__).parent / "golden" / "dates.jsonl"


def dates(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str | None, str]]:
    timeline = DATER(Document(text, published=published))
    return [(e.span.of(text), e.value and str(e.value), e.relation) for e in timeline.expressions]


def values(text: str, published: date | None = WEDNESDAY) -> list[str | None]:
    return [value for _, value, _ in dates(text, published)]


# One sentence, the values of its time expressions in order; written on Wednesday, 13 March 2024.
SENTENCES = [
    # Weekdays look back, the day of writing included.
    ("Drones hit a depot on Wednesday.", ["2024-03-13"]),
    ("Drones hit a depot on Tuesday.", ["2024-03-12"]),
    ("Drones hit a depot Thursday.", ["2024-03-07"]),
    ("Gunmen raided the village on Sunday, the mayor said Monday.", ["2024-03-10", "2024-03-11"]),
    ("Friday's attack killed nine.", ["2024-03-08"]),
    ("the strikes of Saturday", ["2024-03-09"]),
    ("a convoy was ambushed last Thursday near the river", ["2024-03-07"]),
    ("a convoy was ambushed last Wednesday near the river", ["2024-03-06"]),
    ("A market was shelled Thursday night.", ["2024-03-07"]),
    ("A market was shelled late on Thursday.", ["2024-03-07"]),
    ("A market was shelled at dawn Wednesday.", ["2024-03-13"]),
    ("A market was shelled early Wednesday.", ["2024-03-13"]),
    ("A market was shelled before dawn on Monday.", ["2024-03-11"]),
    ("A market was shelled shortly after midnight Friday.", ["2024-03-08"]),
    ("The shelling began on Sunday evening and went on.", ["2024-03-10"]),
    ("Tues. evening brought more fire.", ["2024-03-12"]),
    ("Talks will resume on Friday in Doha.", ["2024-03-15"]),
    ("Talks are expected to resume Monday.", ["2024-03-18"]),
    ("The summit is scheduled for Thursday.", ["2024-03-14"]),
    ("He said on Sunday that talks would resume on Friday.", ["2024-03-10", "2024-03-15"]),
    ("Voters go to the polls next Tuesday.", ["2024-03-19"]),
    ("The envoy arrives next Friday.", ["2024-03-22"]),
    ("The bridge fell on Tuesday last week.", ["2024-03-05"]),
    ("The bridge fell on Friday of last week.", ["2024-03-08"]),
    ("They fought from Saturday to Monday.", ["2024-03-09/2024-03-11"]),
    ("Fighting between Thursday and Sunday killed ten.", ["2024-03-07/2024-03-10"]),
    ("Raids on Saturday and Sunday killed ten.", ["2024-03-09", "2024-03-10"]),
    ("Missiles fell overnight into Tuesday.", ["2024-03-11/2024-03-12"]),
    ("Prayers are held every Friday.", [None]),
    ("The two met two weeks ago Friday.", ["2024-02-23"]),
    ("FIVE SOLDIERS DIED ON TUESDAY.", ["2024-03-12"]),
    ("On Friday, the envoys will meet in Doha.", ["2024-03-15"]),
    ("On Friday the army struck a camp and said it will go on.", ["2024-03-08"]),
    ("Friday's blast will not stop us.", ["2024-03-08"]),
    # Full dates.
    ("The war began on February 24, 2022.", ["2022-02-24"]),
    ("The war began on 24 February 2022.", ["2022-02-24"]),
    ("The war began on Feb. 24, 2022, before dawn.", ["2022-02-24"]),
    ("The war began on Thursday, Feb. 24, 2022.", ["2022-02-24"]),
    ("The war began on the 24th of February 2022.", ["2022-02-24"]),
    ("The war began on 24th February, 2022.", ["2022-02-24"]),
    ("The log says 2022-02-24 for the first strike.", ["2022-02-24"]),
    ("The log says 2022-02-24T04:10:00Z for the first strike.", ["2022-02-24"]),
    ("The log says 24/02/2022 for the first strike.", ["2022-02-24"]),
    ("The log says 02/24/2022 for the first strike.", ["2022-02-24"]),
    ("The log says 24.02.2022 for the first strike.", ["2022-02-24"]),
    ("The log says 03/04/2022 for the first strike.", [None]),
    ("The log says Sunday, 12/06/2016 for the first strike.", ["2016-06-12"]),
    ("The log says 05/05/2022 for the first strike.", ["2022-05-05"]),
    ("The log says 24-Feb-2022 for the first strike.", ["2022-02-24"]),
    ("He was born on 3 May 1951.", ["1951-05-03"]),
    ("The charter of June 21, 1776 is shown.", ["1776-06-21"]),
    ("On 31 February 2020 nothing happened.", [None]),
    ("On 31 February nothing happened.", [None]),
    ("on 24 February 2022", ["2022-02-24"]),
    # Dates without a year are the latest that have been.
    ("Jets struck on March 5.", ["2024-03-05"]),
    ("Jets struck on March 13.", ["2024-03-13"]),
    ("Jets struck on March 20.", ["2023-03-20"]),
    ("Jets struck on 18 June.", ["2023-06-18"]),
    ("Jets struck on Feb. 29.", ["2024-02-29"]),
    ("Jets struck on Dec. 13.", ["2023-12-13"]),
    ("Jets struck on 15 December near the port.", ["2023-12-15"]),
    ("Jets struck on Nov. 4th.", ["2023-11-04"]),
    ("Jets struck on Tuesday (12 Mar).", ["2024-03-12"]),
    ("Jets struck on Tuesday (March 12).", ["2024-03-12"]),
    ("Jets struck on Tuesday, March 12, near the port.", ["2024-03-12"]),
    ("Jets struck on Sunday 10 March.", ["2024-03-10"]),
    ("The vote will be held on July 5.", ["2024-07-05"]),
    ("The court is to rule on 2 April.", ["2024-04-02"]),
    ("The Oct. 7 attack set off the war.", ["2023-10-07"]),
    ("Since the Sept. 11 attacks the base has grown.", ["2001-09-11"]),
    # Ranges of days.
    ("Floods came on June 18-20, 2016.", ["2016-06-18/2016-06-20"]),
    ("Floods came from June 18 to 20.", ["2023-06-18/2023-06-20"]),
    ("Clashes from March 3 to 5 left ten dead.", ["2024-03-03/2024-03-05"]),
    ("Clashes between 3 and 5 March left ten dead.", ["2024-03-03/2024-03-05"]),
    ("Clashes between March 3 and 5 left ten dead.", ["2024-03-03/2024-03-05"]),
    ("Clashes of 3-5 March left ten dead.", ["2024-03-03/2024-03-05"]),
    ("Clashes from 28 February to 2 March left ten dead.", ["2024-02-28/2024-03-02"]),
    ("Clashes from Dec. 30 to Jan. 2 left ten dead.", ["2023-12-30/2024-01-02"]),
    ("Clashes from 3 March to 5 April 2016 left ten dead.", ["2016-03-03/2016-04-05"]),
    ("Clashes on Jan. 5 and 6.", ["2024-01-05/2024-01-06"]),
    ("On 5 and 6 January rebels attacked.", ["2024-01-05/2024-01-06"]),
    ("Overnight on March 5-6, drones hit a port.", ["2024-03-05/2024-03-06"]),
    ("The hearing was to have taken place in January.", ["2024-01"]),
    ("Clashes on Jan. 5 and 6 arrests followed.", ["2024-01-05"]),
    # Months.
    ("The truce failed in March.", ["2024-03"]),
    ("The truce failed in June.", ["2023-06"]),
    ("The truce failed in May.", ["2023-05"]),
    ("The truce has held since May.", ["2023-05"]),
    ("The truce failed last September.", ["2023-09"]),
    ("The truce failed last March.", ["2023-03"]),
    ("The truce failed in March 2015.", ["2015-03"]),
    ("The truce failed in March of 2015.", ["2015-03"]),
    ("The truce failed in June last year.", ["2023-06"]),
    ("The truce failed in early February.", ["2024-02-01/2024-02-09"]),
    ("The truce failed in mid-January.", ["2024-01-11/2024-01-20"]),
    ("The truce failed in late January.", ["2024-01-21/2024-01-31"]),
    ("The truce failed in Sept. 2019.", ["2019-09"]),
    ("The army will pull out by August.", ["2024-08"]),
    ("January's toll was higher.", ["2024-01"]),
    ("The army will pull out next June.", ["2024-06"]),
    ("In May 20 people were killed.", ["2023-05"]),
    ("In the May 20 attack many were killed.", ["2023-05-20"]),
    ("It has shrunk since March '99.", ["1999-03"]),
    # Years, decades, seasons.
    ("The dam was built in 1973.", ["1973"]),
    ("He has ruled since 2000.", ["2000"]),
    ("The 1967 war changed the map.", ["1967"]),
    ("The 2015 Paris attacks killed 130.", ["2015"]),
    ("The war lasted from 1980 to 1988.", ["1980-01-01/1988-12-31"]),
    ("The civil war (1975-1990) ruined the city.", ["1975-01-01/1990-12-31"]),
    ("The 2014-15 fighting ruined the city.", ["2014-01-01/2015-12-31"]),
    ("Rebels came in late 2012.", ["2012-09-01/2012-12-31"]),
    ("Rebels came in the 1990s.", ["1990-01-01/1999-12-31"]),
    ("Rebels came in the summer of 2014.", ["2014-06-01/2014-08-31"]),
    ("Rebels came last summer.", ["2023-06-01/2023-08-31"]),
    ("Rebels came in the autumn.", ["2023-09-01/2023-11-30"]),
    ("Rebels came in winter 2013.", ["2013-12-01/2014-02-28"]),
    ("Rebels came in spring last year.", ["2023-03-01/2023-05-31"]),
    ("Rebels came in the first half of 2015.", ["2015-01-01/2015-06-30"]),
    ("Rebels came in the third quarter of 2015.", ["2015-07-01/2015-09-30"]),
    ("Rebels came at the end of 2015.", ["2015-09-01/2015-12-31"]),
    ("Rebels came in the first week of February.", ["2024-02-01/2024-02-07"]),
    ("Rebels came from March to May 2015.", ["2015-03-01/2015-05-31"]),
    ("Rebels came between March and May.", ["2023-03-01/2023-05-31"]),
    ("Rebels came on Christmas Day.", ["2023-12-25"]),
    ("Rebels came on New Year's Eve 2019.", ["2019-12-31"]),
    # Counted from the day of writing.
    ("The next day", ["2024-03-14"]),
    ("They will go at the end of the month.", ["2024-03-21/2024-03-31"]),
    ("Shells fell a fortnight ago.", ["2024-02-28"]),
    ("Shells fell overnight from Friday to Saturday.", ["2024-03-08/2024-03-09"]),
    ("Shells fell last week on Friday.", ["2024-03-08"]),
    ("Shells fell yesterday.", ["2024-03-12"]),
    ("Shells fell today.", ["2024-03-13"]),
    ("The convoy will leave tomorrow.", ["2024-03-14"]),
    ("Shells fell this morning.", ["2024-03-13"]),
    ("Shells fell last night.", ["2024-03-12"]),
    ("Shells fell late last night.", ["2024-03-12"]),
    ("Shells fell overnight.", ["2024-03-12/2024-03-13"]),
    ("Shells fell the day before yesterday.", ["2024-03-11"]),
    ("Shells fell over the weekend.", ["2024-03-09/2024-03-10"]),
    ("Shells fell last weekend.", ["2024-03-09/2024-03-10"]),
    ("The parade is planned for this weekend.", ["2024-03-16/2024-03-17"]),
    ("Shells fell this week.", ["2024-03-11/2024-03-17"]),
    ("Shells fell last week.", ["2024-03-04/2024-03-10"]),
    ("Shells fell earlier this week.", ["2024-03-11/2024-03-17"]),
    ("Talks resume next week.", ["2024-03-18/2024-03-24"]),
    ("Shells fell last month.", ["2024-02"]),
    ("Shells fell earlier this month.", ["2024-03"]),
    ("Shells fell last year.", ["2023"]),
    ("Shells fell earlier this year.", ["2024"]),
    ("Shells fell a week ago.", ["2024-03-06"]),
    ("Shells fell three weeks ago.", ["2024-02-21"]),
    ("Shells fell two days ago.", ["2024-03-11"]),
    ("Shells fell 10 days ago.", ["2024-03-03"]),
    ("Shells fell a month ago.", ["2024-02"]),
    ("Shells fell more than two years ago.", ["2022"]),
    ("Shells fell a couple of days ago.", ["2024-03-11"]),
    ("Forty fell in the past 24 hours.", ["2024-03-12/2024-03-13"]),
    ("Forty fell over the last two weeks.", ["2024-02-28/2024-03-13"]),
    ("Forty fell in the past month.", ["2024-02-13/2024-03-13"]),
    # Counted from the date named before.
    ("A mine killed two on Friday. A day earlier, three died.", ["2024-03-08", "2024-03-07"]),
    ("A mine killed two on Friday, two days after.", ["2024-03-08", "2024-03-10"]),
    ("He was shot on March 3 and died two days later.", ["2024-03-03", "2024-03-05"]),
    ("He was shot on March 3. The next day, riots began.", ["2024-03-03", "2024-03-04"]),
    ("He was shot on March 3. The previous day had been calm.", ["2024-03-03", "2024-03-02"]),
    ("He was shot on March 3. Hours later, riots began.", ["2024-03-03", None]),
    ("He was shot on March 3, and riots began the same day.", ["2024-03-03", "2024-03-03"]),
    ("He was shot on March 3, and riots began that night.", ["2024-03-03", "2024-03-03"]),
    ("He was shot in May 2015; a year later his son was.", ["2015-05", "2016-05"]),
    ("Two days earlier a mine had killed three.", ["2024-03-11"]),
    ("The previous day a mine had killed three.", ["2024-03-12"]),
    ("A week earlier a mine had killed three.", ["2024-03-06"]),
    ("They counted the dead the next morning.", [None]),
    ("The town fell two days before the vote.", [None]),
    ("The town fell the day after the vote.", [None]),
    ("He was shot on March 3. The following Monday riots began.", ["2024-03-03", "2024-03-04"]),
    ("He was shot on March 3; the previous Friday his son was.", ["2024-03-03", "2024-03-01"]),
    ("Following Friday's attack, riots began.", ["2024-03-08"]),
    # Vague.
    ("It offered half a year ago to share its maps.", [None]),
    ("It offered a year and a half ago to share its maps.", [None]),
    ("It offered the other day to share its maps.", [None]),
    ("It offered months ago to share its maps.", [None]),
    ("It offered several weeks ago to share its maps.", [None]),
    ("It offered a few days ago to share its maps.", [None]),
    ("Fighting has spread in recent weeks.", [None]),
    # Capitals, as the wires of the 1980s wrote.
    ("GUERRILLAS ATTACKED A POST ON 5 JANUARY.", ["2024-01-05"]),
    ("GUERRILLAS ATTACKED A POST ON 22 MAR 89.", ["1989-03-22"]),
    ("GUERRILLAS ATTACKED A POST LAST SEPTEMBER.", ["2023-09"]),
    ("THE TRUCE OF 10-11 DECEMBER HAS FAILED.", ["2023-12-10/2023-12-11"]),
    ("SOLDIERS DIED IN\nMAY 1988.", ["1988-05"]),
]

# What is no date at all.
NO_DATES = [
    "We will see what we can do.",
    "It may rain, and they may march on the capital.",
    "May God help them.",
    "Theresa May said so.",
    "Protesters march on; the March on Rome is history books' matter.",
    "In a second the second shell fell.",
    "The five-year conflict has cost much.",
    "A 2024 model of the drone was shown.",
    "The 2024 model of the drone was shown.",
    "© 2024 Example Wire. All rights reserved.",
    "Copyright 2019 Example Wire.",
    "Resolution 2254 calls for a truce.",
    "Under Resolution 1973 jets flew.",
    "The attack killed 2013 people.",
    "Prices rose by 2000 dollars.",
    "Call 1990-555 or come by Route 2012.",
    "The sun set, and the wed couple sat.",
    "The army fights for ten days at a time.",
    "Bloody Sunday is a film.",
    "The Sunday Times wrote of it.",
    "The March 14 alliance won.",
    "They took the 17 November Bridge.",
    "He marched 20 km to the fall of the castle.",
    "The Arab Spring and the spring offensive.",
    "An august body met.",
    "Model T-72 and the Mi-24 flew 1,990 m.",
    "A ratio of 3/4 and a score of 12-10.",
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[s[:60] for s, _ in SENTENCES])
def test_a_news_date_means_the_day_that_a_reader_takes_it_for(text: str, expected: list[str | None]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has flown there since last September.", [("last September", "2023-09", "since")]),
        ("It stays until Friday.", [("Friday", "2024-03-08", "until")]),
        ("It will stay until Friday.", [("Friday", "2024-03-15", "until")]),
        ("It had left before March 5.", [("March 5", "2024-03-05", "before")]),
        ("It must leave by 2 March.", [("2 March", "2024-03-02", "before")]),
        ("It left after Monday.", [("Monday", "2024-03-11", "after")]),
        ("It was hit before dawn on Monday.", [("dawn on Monday", "2024-03-11", "on")]),
        ("It was hurt by Monday's blast.", [("Monday", "2024-03-11", "on")]),
        ("It was held between 3 and 5 March.", [("3 and 5 March", "2024-03-03/2024-03-05", "between")]),
        ("It was held from 3 to 5 March.", [("3 to 5 March", "2024-03-03/2024-03-05", "on")]),
        ("It was held on Saturday, March 9, 2024.", [("Saturday, March 9, 2024", "2024-03-09", "on")]),
        ("In March, it fled.", [("March", "2024-03", "on")]),
    ],
)
def test_the_preposition_is_kept_as_a_relation(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert dates(text) == expected


def test_granularity_is_kept() -> None:
    text = "On Monday, and last week, in March, last summer, in 2013, overnight."
    expressions = DATER(Document(text, published=WEDNESDAY)).expressions
    assert [e.value and e.value.granularity for e in expressions] == [
        Granularity.DAY,
        Granularity.WEEK,
        Granularity.MONTH,
        Granularity.SEASON,
        Granularity.YEAR,
        Granularity.RANGE,
    ]


def test_a_weekday_with_a_dotless_i_is_that_weekday() -> None:
    assert dates("Drones hit a depot on Frıday.") == [("Frıday", "2024-03-08", "on")]


def test_every_expression_has_a_reason() -> None:
    text = " ".join(sentence for sentence, _ in SENTENCES)
    assert all(e.reason for e in DATER(Document(text, published=WEDNESDAY)).expressions)


def test_a_figure_pair_that_reads_two_ways_says_so() -> None:
    (expression,) = DATER(Document("On 01/08/2016 it fell.", published=WEDNESDAY)).expressions
    assert expression.value is None
    assert "reads two ways" in expression.reason


# --- the day of writing ---------------------------------------------------------------------------

CAPTIONED = """Ministry rejects charge that jets hit allied fighters

KHARTOUM (Example Wire) — The army on Sunday rejected the charge that it had bombed an allied unit.

The minister visits the airfield at Wadi Seidna, Saturday, June 18, 2016. (Handout photo)

The strikes Thursday hit a border post. The truce began on Feb. 27. Jets have flown since last September.

© 2024 Example Wire. All rights reserved.
"""


def written(text: str) -> date | None:
    return DATER(Document(text)).published


def test_the_caller_knows_best() -> None:
    timeline = DATER(Document("KYIV, Jan. 14, 2025 (Wire) — Calm on Monday.", published=date(2025, 1, 15)))
    assert timeline.published == date(2025, 1, 15)
    assert timeline.reason == "given with the document"


def test_a_caption_in_full_and_a_statement_on_sunday_date_the_report_to_that_sunday() -> None:
    timeline = DATER(Document(CAPTIONED))
    assert timeline.published == date(2016, 6, 19)
    assert "Saturday, June 18, 2016" in timeline.reason
    assert "Sunday" in timeline.reason


def test_the_days_of_a_captioned_report_follow_from_its_date() -> None:
    assert dates(CAPTIONED, published=None) == [
        ("Sunday", "2016-06-19", "on"),
        ("Saturday, June 18, 2016", "2016-06-18", "on"),
        ("Thursday", "2016-06-16", "on"),
        ("Feb. 27", "2016-02-27", "on"),
        ("last September", "2015-09", "since"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KYIV, Ukraine, Jan. 14, 2025 (Example Wire) — Shells fell on Tuesday.", date(2025, 1, 14)),
        ("MOSCOW, 3 May 2021 (Example) -- A jet crashed.", date(2021, 5, 3)),
        ("SAN SALVADOR, 3 JAN 90 (ACAN-EFE) -- [TEXT] A BOMB WENT OFF.", date(1990, 1, 3)),
        ("GUATEMALA CITY, 22 MAR 89 (EFE) -- [TEXT] A BOMB WENT OFF.", date(1989, 3, 22)),
        ("Bridge falls\n\nPublished June 19, 2016\n\nThe bridge fell on Friday.", date(2016, 6, 19)),
        ("Bridge falls\nUpdated 10:30 a.m. EST, June 19, 2016\nIt fell.", date(2016, 6, 19)),
        ("Bridge falls\nPosted: 2016-06-19\nIt fell.", date(2016, 6, 19)),
        ("Bridge falls\nUpdated June 20, 2016\nPublished June 19, 2016\nIt fell.", date(2016, 6, 19)),
        ("Bridge falls\nBy Ann Example | June 19, 2016\n\nIt fell on Friday.", date(2016, 6, 19)),
        ("Bridge falls\n19 June 2016\n\nIt fell on Friday.", date(2016, 6, 19)),
        ("2016-06-19 - Bridge falls\n\nIt fell on Friday.", date(2016, 6, 19)),
    ],
)
def test_the_text_says_when_it_was_written(text: str, day: date) -> None:
    assert written(text) == day


def test_a_dateline_without_year_takes_it_from_the_text() -> None:
    text = "BAGHDAD, March 5 (Example) - A bomb went off. The last one was on Dec. 28, 2019."
    assert written(text) == date(2020, 3, 5)


def test_what_says_only_when_it_was_written_is_no_expression() -> None:
    assert dates("KYIV, Jan. 14, 2025 (Wire) — Shells fell Monday.", published=None) == [
        ("Monday", "2025-01-13", "on")
    ]


def test_a_full_date_in_the_lead_and_weekdays_date_the_report() -> None:
    text = (
        "NAIROBI (Wire) — Fighters shelled a camp on April 13, 2025, volunteers said.\n\n"
        "The army retook a town on Friday. Gunmen struck on Saturday. Protesters marched on Sunday."
    )
    timeline = DATER(Document(text))
    assert timeline.published == date(2025, 4, 13)
    assert [str(e.value) for e in timeline.expressions] == [
        "2025-04-13",
        "2025-04-11",
        "2025-04-12",
        "2025-04-13",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Sunday that shells fell on Friday.",
        "© 2024 Example Wire. The army said on Sunday that shells fell.",
        "The army said on Sunday. FILE - A soldier at the gate, Tuesday, June 4, 2013.",
        "",
    ],
)
def test_where_nothing_says_the_day_is_unknown_and_weekdays_have_no_value(text: str) -> None:
    timeline = DATER(Document(text))
    assert timeline.published is None
    assert timeline.reason
    weekdays = [e for e in timeline.expressions if e.span.of(text) in {"Sunday", "Friday"}]
    assert all(e.value is None and e.reason for e in weekdays)


def test_a_year_named_before_completes_a_date_where_the_day_of_writing_is_unknown() -> None:
    assert values("The siege began in March 2015. It ended on June 3.", published=None) == [
        "2015-03",
        "2015-06-03",
    ]


# --- laws -----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """Monday Friday May may March march 5 20 2013 1990s last next since on in the a day week month year
    earlier later ago two Feb. , . ( ) - – and to from between overnight yesterday weekend June 01/08/2016
    said will summer of ' \n 31 February 2016-02-30 99 past few""".split(" ")
)
PUBLISHED = st.none() | st.dates()


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200), PUBLISHED)
def test_expressions_stand_in_order_without_overlap_and_quote_themselves(
    text: str, published: date | None
) -> None:
    expressions = DATER(Document(text, published=published)).expressions
    spans = [e.span for e in expressions]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.of(text).strip() == s.of(text) != "" for s in spans)
    assert all(e.value is not None or e.reason for e in expressions)


@given(st.sampled_from([s for s, _ in SENTENCES]), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_weekday_in_a_report_is_never_older_than_a_week(text: str, published: date) -> None:
    if not text.startswith("Drones"):
        return
    (expression,) = DATER(Document(text, published=published)).expressions
    assert expression.value is not None
    assert 0 <= (published - expression.value.start).days < 7


def test_time_grows_with_the_text_and_no_faster() -> None:
    hostile = "June 18 to May 5 in early " + "last week of " * 8 + "18, 18, " * 20 + "a day " * 20

    def seconds(times: int) -> float:
        document = Document(hostile * times, published=WEDNESDAY)
        start = time.process_time()
        DATER(document)
        return time.process_time() - start

    seconds(10)
    assert min(seconds(200) for _ in range(3)) < 3.5 * min(seconds(100) for _ in range(3))


def test_at_most_three_golden_sentences_are_read_otherwise_than_a_careful_reader_does():
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 150
    wrong = [row["text"] for row in rows if _values(row) != row["expected"]]
    assert len(wrong) <= 3, wrong


def _values(row: dict[str, object]) -> list[str]:
    document = Document(str(row["text"]), published=date.fromisoformat(str(row["published"])))
    return [_notation(expression.value) for expression in NewsDater()(document).expressions]


def _notation(value: DateRange | None) -> str:
    if value is None:
        return "vague"
    if value.granularity is Granularity.WEEK:
        year, week, _ = value.start.isocalendar()
        return f"{year}-W{week:02d}"
    return str(value)


def test_looking_around_cues_finds_what_looking_everywhere_finds():
    rows = [json.loads(line)["text"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    for text in [*rows, " ".join(rows)]:
        assert [mention.span for mention in find_times(text)] == _everywhere(text)


def _everywhere(text: str) -> list[Span]:
    found = sorted(
        (match.start(), -match.end())
        for form in FORMS
        for match in re.finditer(rf"(?<![\w@#$€£])(?:{form.pattern})(?!\w)", text, re.IGNORECASE)
        if form.accepts(match)
    )
    out: list[Span] = []
    for start, end in found:
        if not out or start >= out[-1].end:
            out.append(Span(start, -end))
    return out


@pytest.mark.parametrize(
    "top",
    [
        "Beirut, 28 September 2024 - ",
        "Beirut, September 28, 2024 (AP) - ",
        "Port Sudan, Sudan, Sept. 28, 2024 — ",
        "28 September 2024. ",
    ],
)
def test_a_dateline_in_small_letters_or_a_date_at_the_head_is_the_day_of_writing(top):
    timeline = NewsDater()(Document(f"{top}Israeli warplanes bombed Tyre on Friday."))
    assert timeline.published == date(2024, 9, 28)
    assert timeline.expressions[-1].value.start == date(2024, 9, 27)


def test_a_day_that_a_sentence_begins_with_is_no_dateline():
    timeline = NewsDater()(Document("On September 28, 2024 - a Saturday - jets bombed Tyre and Sidon."))
    assert timeline.published is None
