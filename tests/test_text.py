from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from geoevents.text import (
    Memo,
    Span,
    Token,
    fold,
    name_key,
    numerals,
    plain_letters,
    sentence_at,
    sentences,
    tokenize,
)

_APOSTROPHES = "'’‘`´ʼʻʾʿʹʺ′"
texts = st.text(max_size=400) | st.lists(
    st.sampled_from(
        "The U.S. Gen. said. 1,200 Sana’a — \n \n\n half a dozen At-Tanf (30 km) 7½ .".split(" ")
    ),
    max_size=60,
).map(" ".join)


@given(texts)
def test_tokens_quote_the_text_in_order_and_do_not_overlap(text):
    found = tokenize(text)
    assert all(token.span.of(text) == token.text for token in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(texts | st.text("aÉ9_'’\u0301\u0308-. ", max_size=40) | st.text("a'é", min_size=70, max_size=100))
def test_the_columns_of_tokens_run_in_parallel_and_give_back_the_text(text):
    found = tokenize(text)
    assert list(found) == [Token(start, word, fold(word)) for start, word in _words_one_by_one(text)]
    assert [found[i] for i in range(len(found))] == found[:] == list(found)
    assert (found.ends, found.keys) == ([t.end for t in found], [t.key for t in found])
    assert "".join(gap + word for gap, word in zip(found.gaps, [*found.texts, ""], strict=True)) == text


def _words_one_by_one(text):
    """Yield where each word starts, and the word, by the rule as it is said, a letter at a time."""
    inner = rf"[\w\u0300-\u036f]|[{_APOSTROPHES}](?=\w)"
    word = re.compile(rf"\d{{1,20}}(?:[.,]\d{{1,20}}){{0,6}}|[^\W\d_](?:{inner}){{0,80}}|\w")
    return [(match.start(), match.group()) for match in word.finditer(text)]


@pytest.mark.parametrize("function", [tokenize, sentences])
def test_the_document_in_hand_is_cut_once_whatever_sentences_of_it_are_cut_between(function):
    text = "Shells fell on Sarmin. " * 30
    first = function(text)
    for span in sentences(text):
        function(span.of(text))
    assert function("".join(list(text))) is first


def test_a_memo_asks_once_for_each_word_and_stays_within_its_limit():
    asked = []
    memo = Memo(lambda word: asked.append(word) or word.upper(), limit=3)
    assert list(map(memo.__getitem__, "abcabc")) == list("ABCABC")
    assert asked == list("abc")
    assert [memo[word] for word in "defa"] == list("DEFA")
    assert len(memo) <= 3


def test_what_is_longer_than_any_word_is_not_kept():
    memo = Memo(len)
    assert memo[" " * 100_000] == 100_000
    assert not memo


@given(texts)
def test_sentences_cover_every_word_once(text):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.of(text) == s.of(text).strip() != "" for s in spans)
    for token in tokenize(text):
        assert sentence_at(spans, token.span.start).contains(token.span)


@given(texts)
def test_numerals_quote_the_text_in_order_and_are_not_negative(text):
    found = numerals(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(0 <= n.low <= n.high and (n.step > 0 or n.low == 0) for n in found)
    assert all(n.span.end <= len(text) for n in found)


@given(st.text("abzABZÀÉÜßøŁłđæœıİŞḨé- 7عدن", max_size=60))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "DEIR EZ ZOR"),
        ("Sana’a", "Sana'a"),
        ("Ḩumaymīm", "Humaymim"),
        ("Łódź", "Lodz"),
        ("Şanlıurfa", "Sanliurfa"),
    ],
)
def test_spellings_that_differ_in_marks_meet(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Maj. Gen. Igor K. spoke. The U.S. did not.", 2),
        ("He came from St. Petersburg. She left.", 2),
        ("It fell on Feb. 27, he said.", 1),
        ('"We saw it." Then they ran!', 2),
        ("The headline\n\nThe first paragraph goes on\nhere.", 2),
        ("Ends in the U.S. The army left.", 2),
        ("It grew by 3.5 percent. Good.", 2),
        ("", 0),
    ],
)
def test_abbreviations_do_not_end_a_sentence_and_headings_do(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("1,200", 1200, 100),
        ("1,234,567", 1_234_567, 1),
        ("1,25,000", 125_000, 1000),
        ("12.5", 12.5, 0.1),
        ("1,5", 1.5, 0.1),
        ("300", 300, 100),
        ("186", 186, 1),
        ("7½", 7.5, 0.5),
        ("1 1/2", 1.5, 0.5),
        ("30 1⁄2", 30.5, 0.5),
        ("3/4", 0.75, 0.75),
        ("2¾", 2.75, 0.5),
        ("1.5 million", 1_500_000, 100_000),
        ("10k", 10_000, 10_000),
        ("30km", 30, 10),
        ("thirty-five", 35, 1),
        ("thirty", 30, 10),
        ("one hundred and twenty-five thousand", 125_000, 1000),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 12),
        ("two and a half", 2.5, 0.5),
        ("half a mile", 0.5, 0.5),
        ("three quarters of a mile", 0.75, 0.25),
        ("a couple of", 2, 1),
    ],
)
def test_a_number_has_its_value_and_the_value_of_its_last_figure(text, value, step):
    (found,) = numerals(text)
    assert (found.low, found.high) == (pytest.approx(value), pytest.approx(value))
    assert found.step == pytest.approx(step)
    assert not found.is_vague


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens", 24, 99),
        ("several", 3, 9),
        ("several hundred", 300, 900),
        ("tens of thousands", 20_000, 99_000),
        ("hundreds of thousands", 200_000, 999_000),
        ("a few", 2, 9),
    ],
)
def test_a_vague_amount_is_a_range(text, low, high):
    (found,) = numerals(text)
    assert (found.low, found.high) == (low, high)
    assert found.is_vague


@pytest.mark.parametrize(
    "text",
    [
        "M4",
        "T-72B",
        "Mi-24",
        "the 21st",
        "twenty-first",
        "9:30",
        "18.06.2016",
        "Somme",
        "no figure here",
        "10th",
    ],
)
def test_ordinals_times_and_figures_inside_words_are_no_numbers(text):
    assert numerals(text) == ()


@given(st.text("İıſKiskISK é", max_size=40))
def test_plain_letters_keep_every_offset(text):
    plain = plain_letters(text)
    assert len(plain) == len(text)
    assert plain_letters(plain) == plain


@pytest.mark.parametrize("text", ["dozenſ", "mıllıons", "MİLLİONS", "hundredſ of thousandſ"])
def test_a_number_word_in_letters_that_patterns_take_for_plain_ones_is_read(text):
    assert numerals(text) == numerals(text.translate(str.maketrans("İıſ", "Iis")))


@given(st.integers(0, 10**9))
def test_a_whole_number_is_read_with_and_without_separators(value):
    for written in (str(value), f"{value:,}"):
        assert [n.low for n in numerals(written)] == [value]


@given(st.integers(0, 999), st.integers(0, 99))
def test_point_and_comma_both_mark_decimals(whole, hundredths):
    for mark in ".,":
        (found,) = numerals(f"{whole}{mark}{hundredths:02d}")
        assert found.low == pytest.approx(whole + hundredths / 100)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward_from_the_start_of_the_text(start, end):
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


@pytest.mark.parametrize("function", [tokenize, sentences, numerals])
@pytest.mark.parametrize(
    "unit", ["1,", "a hundred and ", "Mr. A. ", "x" * 50, "1 1/2 ", "«“(.", "\n \n", "half a "]
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(function, unit):
    def seconds(times: int) -> float:
        text = unit * times
        return min(_cpu_seconds(lambda: function(text)) for _ in range(3))

    times = 20_000 // len(unit)
    assert seconds(4 * times) < 4 * 2.5 * max(seconds(times), 0.01)


def _cpu_seconds(run) -> float:
    # Processor time, because other processes share the machine.
    started = time.process_time()
    run()
    return time.process_time() - started
