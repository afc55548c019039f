from __future__ import annotations

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


def test_words_that_steer_are_taken_out_of_a_speaker() -> None:
    assert "\u202e" not in tolls({"counts": [count([1, 1], "\u202eevil")]})[0].words


def test_the_first_figures_make_one_line() -> None:
    assert toll_words({"fatalities": [3, 3], "missing": [0, 2]}) == "3 killed, 0–2 missing"
    assert toll_words({}) == ""
