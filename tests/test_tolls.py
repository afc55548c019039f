from __future__ import annotations

import math
import time
from typing import Any

from hypothesis import given, strategies as st

from geoevents.maps.tolls import differing, toll_words, tolls


def count(figure: list[float | None], speaker: str | None, side: str | None = None) -> dict[str, Any]:
    return {"harm": "killed", "figure": figure, "speaker": speaker, "side": side}


def test_each_account_is_told_once_and_a_figure_without_account_stands_alone() -> None:
    row = {"counts": [count([5, 5], "police"), count([5, 5], "police")], "injured": [7, None]}
    assert [(toll.harm, toll.words) for toll in tolls(row)] == [
        ("killed", "5, says police"),
        ("injured", "7+"),
    ]


def test_accounts_that_can_both_be_true_do_not_differ() -> None:
    assert differing({"counts": [count([12, None], "a ministry"), count([20, 30], "residents")]}) == []
    assert differing({"counts": [count([5, 5], "police"), count([9, 9], "police")]}) == []
    assert (
        differing({"counts": [count([5, 5], "police", "targets"), count([9, 9], "police", "civilians")]})
        == []
    )


def test_the_text_s_own_figure_is_an_account() -> None:
    assert differing({"counts": [count([5, 5], None), count([9, 9], "police")]}) == ["killed"]


_figures = st.tuples(st.integers(0, 50), st.none() | st.integers(0, 50)).map(
    lambda ends: [ends[0], None if ends[1] is None else ends[0] + ends[1]]
)


@given(_figures, _figures)
def test_accounts_differ_whichever_is_told_first(a: list[float | None], b: list[float | None]) -> None:
    one, other = count(a, "a ministry"), count(b, "a mayor")
    assert differing({"counts": [one, other]}) == differing({"counts": [other, one]})


@given(st.lists(st.tuples(_figures, st.sampled_from(["a mayor", "police", None])), max_size=6))
def test_accounts_differ_where_two_speakers_figures_exclude_each_other(
    told: list[tuple[list[float | None], str | None]],
) -> None:
    ends = [(figure[0] or 0, math.inf if figure[1] is None else figure[1], who) for figure, who in told]
    apart = any(high < low and one != other for _, high, one in ends for low, _, other in ends)
    assert differing({"counts": [count(*account) for account in told]}) == (["killed"] if apart else [])


def test_thousands_of_accounts_of_one_event_are_compared_at_once() -> None:
    row = {"counts": [count([n, n], None) for n in range(30_000)]}
    start = time.process_time()
    assert differing(row) == []
    assert time.process_time() - start < 5


def test_words_that_steer_are_taken_out_of_a_speaker() -> None:
    assert "\u202e" not in tolls({"counts": [count([1, 1], "\u202eevil")]})[0].words


def test_the_first_figures_make_one_line() -> None:
    assert toll_words({"fatalities": [3, 3], "missing": [0, 2]}) == "3 killed, 0–2 missing"
    assert toll_words({}) == ""
