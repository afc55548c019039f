from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from geoevents.attribution import UNNAMED, SpeechAttributor
from geoevents.lexicon.speech import VERB_FORMS
from geoevents.model import Document, Quote, Stance

ATTRIBUTE = SpeechAttributor()

C, R, D, K = Stance.CLAIMS, Stance.REPORTS, Stance.DENIES, Stance.CONFIRMS


def quotes(text: str) -> list[tuple[str, Stance, str]]:
    return [(q.speaker, q.stance, q.span.of(text)) for q in ATTRIBUTE(Document(text))]


# A text of our own, and who says what in it.
GOLDEN = [
    # The speaker first.
    ("The army said it had retaken the town.", [("army", C, "it had retaken the town")]),
    ("The army said that it had retaken the town.", [("army", C, "it had retaken the town")]),
    ("Witnesses say the bridge is gone.", [("Witnesses", C, "the bridge is gone")]),
    ("On Sunday the army said it had left.", [("army", C, "it had left")]),
    ("On Sunday, the army said it had left.", [("army", C, "it had left")]),
    ("In Moscow, the ministry on Friday said that a jet crashed.", [("ministry", C, "a jet crashed")]),
    ("The army also later said it had left.", [("army", C, "it had left")]),
    ("The army said on Sunday that it had left.", [("army", C, "it had left")]),
    ("The army said Sunday it had left.", [("army", C, "it had left")]),
    ("The army said in a statement on Sunday that it had left.", [("army", C, "it had left")]),
    ("The army said in a statement to the agency, that it had left.", [("army", C, "it had left")]),
    ("The mayor told reporters that ten had died.", [("mayor", C, "ten had died")]),
    ("The mayor told Example News the town had fallen.", [("mayor", C, "the town had fallen")]),
    ('Omar Diallo said: "We lost nobody."', [("Omar Diallo", C, "We lost nobody.")]),
    ("Omar Diallo wrote that nobody was lost.", [("Omar Diallo", C, "nobody was lost")]),
    ("The minister insisted the truce held.", [("minister", C, "the truce held")]),
    ("The rebels announced a ceasefire.", [("rebels", C, "a ceasefire")]),
    ("The group claimed responsibility for the blast.", [("group", C, "responsibility for the blast")]),
    ("The agency reported clashes near the dam.", [("agency", R, "clashes near the dam")]),
    ("The agency reported that clashes had begun.", [("agency", R, "clashes had begun")]),
    ("The lawyers claimed before the court that he was ill.", [("lawyers", C, "he was ill")]),
    ("The minister said in Paris that talks failed.", [("minister", C, "talks failed")]),
    # The speaker last.
    ("The bridge is gone, witnesses said.", [("witnesses", C, "The bridge is gone")]),
    ("The bridge is gone, the mayor said on Monday.", [("mayor", C, "The bridge is gone")]),
    (
        "The bridge is gone, the ministry said earlier in a statement.",
        [("ministry", C, "The bridge is gone")],
    ),
    ("The bridge is gone, said the mayor.", [("mayor", C, "The bridge is gone")]),
    (
        "The bridge is gone, said police chief Amina Bello.",
        [("Amina Bello", C, "The bridge is gone")],
    ),
    ("The bridge is gone, a source told Example News.", [("source", C, "The bridge is gone")]),
    ("The bridge is gone, Example News reported Friday.", [("Example News", R, "The bridge is gone")]),
    (
        "KYIV, Ukraine (Wire) — Shells hit a market, the governor said.",
        [("governor", C, "Shells hit a market")],
    ),
    ("At dawn, officials said, rebels stormed the gate.", [("officials", C, "rebels stormed the gate")]),
    (
        "Ten died in the raid, police said, as the town was shelled again.",
        [("police", C, "Ten died in the raid")],
    ),
    # According to.
    ("According to the mayor, ten people died.", [("mayor", R, "ten people died")]),
    ("Ten people died, according to the mayor.", [("mayor", R, "Ten people died")]),
    (
        "Ten people died, according to Nasser Atiya, a nurse at the clinic.",
        [("Nasser Atiya", R, "Ten people died")],
    ),
    (
        "According to a source at the base, Ghana lost ten men.",
        [("source at the base", R, "Ghana lost ten men")],
    ),
    (
        "According to Nasser Atiya, a nurse at the clinic, ten people were killed.",
        [("Nasser Atiya", R, "ten people were killed")],
    ),
    (
        "The president told the weekly magazine The Sahel that talks had failed.",
        [("president", C, "talks had failed")],
    ),
    ('"It is over," Omar Diallo said during a debate with rivals.', [("Omar Diallo", C, "It is over")]),
    # Names without titles, and appositions.
    (
        "Defense Ministry spokesman, Maj. Gen. Pavel Orlov, said the post was empty.",
        [("Pavel Orlov", C, "the post was empty")],
    ),
    (
        "Maj. Gen. Pavel Orlov, a spokesman for the ministry, said the post was empty.",
        [("Pavel Orlov", C, "the post was empty")],
    ),
    ("President Samia Keita said the war was over.", [("Samia Keita", C, "the war was over")]),
    ("Dina Mohamad, 32, a shop owner, said her house burned.", [("Dina Mohamad", C, "her house burned")]),
    (
        "Officials in Mosul, Iraq, said the road was cut.",
        [("Officials in Mosul", C, "the road was cut")],
    ),
    (
        "Ali Sow, Mali's envoy to the talks, said the road was cut.",
        [("Ali Sow", C, "the road was cut")],
    ),
    (
        "Ahmed Haddad of the Observatory said the road was cut.",
        [("Ahmed Haddad", C, "the road was cut")],
    ),
    (
        "The town fell, Atta Noor, a senior commander of the opposition, told the agency in a telephone interview.",
        [("Atta Noor", C, "The town fell")],
    ),
    (
        "Rafael Prado, presidential adviser for peace, announced that talks had failed.",
        [("Rafael Prado", C, "talks had failed")],
    ),
    ("The Observatory (SOHR) said ten had died.", [("Observatory", C, "ten had died")]),
    ("An official who pleaded anonymity said ten had died.", [("official", C, "ten had died")]),
    ("Spokeswoman Andrea Kelly said ten had died.", [("Andrea Kelly", C, "ten had died")]),
    (
        "Jets struck, with President Keita claiming the rebels had fled.",
        [("Keita", C, "the rebels had fled")],
    ),
    ("Nusrat, or JNIM, claimed responsibility.", [("Nusrat", C, "responsibility")]),
    ("A statement from the Interior Ministry said ten had died.", [("Interior Ministry", C, "ten had died")]),
    ('"It is over," a Pentagon statement read.', [("Pentagon", C, "It is over")]),
    # Stances.
    ("The army denied that it had shelled the camp.", [("army", D, "it had shelled the camp")]),
    ("The army denied shelling the camp.", [("army", D, "shelling the camp")]),
    ("The army denied involvement in the raid.", [("army", D, "involvement in the raid")]),
    ("The army confirmed the strike.", [("army", K, "the strike")]),
    ("The army acknowledged that it had erred.", [("army", K, "it had erred")]),
    ("The army admitted shelling the camp.", [("army", K, "shelling the camp")]),
    (
        "The army neither confirmed nor denied the strike.",
        [("army", C, "the strike")],
    ),
    ("The strike was confirmed by the ministry.", [("ministry", K, "The strike")]),
    ("Kenya accused Somalia of arming the rebels.", [("Kenya", C, "Somalia of arming the rebels")]),
    ("Kenya blamed the rebels for the blast.", [("Kenya", C, "the rebels for the blast")]),
    (
        "Kenya criticized the U.N. for its failure to act.",
        [("Kenya", C, "the U.N. for its failure to act")],
    ),
    (
        "The military rejected the Pentagon's accusations that it had bombed rebels, arguing it was not warned.",
        [
            ("military", D, "the Pentagon's accusations that it had bombed rebels"),
            ("Pentagon", C, "it had bombed rebels"),
            ("military", C, "it was not warned"),
        ],
    ),
    (
        "The army dismissed claims by rebels that it had fled.",
        [("army", D, "claims by rebels that it had fled"), ("rebels", C, "it had fled")],
    ),
    ("The army disputed the account.", [("army", D, "the account")]),
    ("The attack was claimed by the Islamic Front.", [("Islamic Front", C, "The attack")]),
    # Several speakers in a sentence.
    (
        "The army said it won, but the rebels said they held the hill.",
        [("army", C, "it won"), ("rebels", C, "they held the hill")],
    ),
    (
        "The army rejected the report and said nobody had died.",
        [("army", D, "the report"), ("army", C, "nobody had died")],
    ),
    (
        "Jets bombed the port, saying it hid arms.",
        [("Jets", C, "it hid arms")],
    ),
    (
        "The agency said ten had died, citing local doctors.",
        [("agency", C, "ten had died"), ("local doctors", R, "ten had died")],
    ),
    (
        "The mayor said the army had claimed that it won.",
        [("mayor", C, "the army had claimed that it won"), ("army", C, "it won")],
    ),
    ("The minister was quoted as saying the truce was dead.", [("minister", C, "the truce was dead")]),
    ("The paper quoted Ali Sow as saying the truce was dead.", [("Ali Sow", C, "the truce was dead")]),
    # Nobody in particular.
    ("It was reported that ten had died.", [(UNNAMED, R, "ten had died")]),
    ("Ten were reportedly killed.", [(UNNAMED, R, "killed")]),
    ("Ten were allegedly killed.", [(UNNAMED, C, "killed")]),
    # Direct speech.
    ('"We lost nobody," the general said.', [("general", C, "We lost nobody")]),
    ("“We lost nobody,” said Omar Diallo, a guard.", [("Omar Diallo", C, "We lost nobody")]),
    ("''We lost nobody,'' said Omar Diallo.", [("Omar Diallo", C, "We lost nobody")]),
    (
        '"We lost nobody," Omar Diallo said. "The bridge stands."',
        [("Omar Diallo", C, "We lost nobody"), ("Omar Diallo", C, "The bridge stands.")],
    ),
    (
        '"We lost nobody," Omar Diallo said, "and the bridge stands."',
        [("Omar Diallo", C, "We lost nobody"), ("Omar Diallo", C, "and the bridge stands.")],
    ),
    (
        'The envoy said the visit was "constructive," and left.',
        [("envoy", C, 'the visit was "constructive," and left')],
    ),
    (
        '"He said we must go. They told us so," a farmer recalled.',
        [("farmer", C, "He said we must go. They told us so")],
    ),
    (
        '"We have the hill," local official Abdul Hassan told reporters in Gode, far from the capital.',
        [("Abdul Hassan", C, "We have the hill")],
    ),
    # Capitals.
    ("THE ARMY SAID THAT IT HAD LEFT.", [("ARMY", C, "IT HAD LEFT")]),
    (
        "HOWEVER, THE ARMED FORCES SPOKESMAN COLONEL LUIS SOTO SAID\nTHAT THE FARM WAS EMPTY.",
        [("LUIS SOTO", C, "THE FARM WAS EMPTY")],
    ),
    (
        "LIMA, 3 JAN 90 (EFE) -- [TEXT] THE FARM WAS EMPTY, ACCORDING TO THE MAYOR.",
        [("MAYOR", R, "THE FARM WAS EMPTY")],
    ),
    (
        "JORGE ROMERO SAID THAT THE FARM WAS EMPTY.  ROMERO ADDED THAT NOBODY HAD DIED.  HE NOTED THAT ALL WAS CALM.",
        [
            ("JORGE ROMERO", C, "THE FARM WAS EMPTY"),
            ("JORGE ROMERO", C, "NOBODY HAD DIED"),
            ("JORGE ROMERO", C, "ALL WAS CALM"),
        ],
    ),
    ("THE FARM WAS EMPTY, SOTO NOTED.", [("SOTO", C, "THE FARM WAS EMPTY")]),
    ("ACCORDING TO WITNESSES, THE FARM WAS EMPTY.", [("WITNESSES", R, "THE FARM WAS EMPTY")]),
]

NOBODY_SPEAKS = [
    "The man is said to be in hiding.",
    "He is said to have fled.",
    "A man said to be a commander was shot.",
    "It goes without saying that war is cruel.",
    "The blast claimed five lives.",
    "The reporters were denied access to the town.",
    "The disputed territory lies to the north.",
    "Three confirmed deaths were added to the list.",
    "The alleged bomber was shot.",
    "He was admitted to a hospital.",
    "The army rejected the convoy.",
    "He told the truth.",
    "The ministry declined to confirm the strike.",
    "The army did not say who had fired.",
    "The State Department stands on a hill.",
    "Everything went according to plan.",
    "The two sides added troops to the front.",
    "She was accused of spying.",
    "The dead were found in a field.",
    "Police charged at the crowd.",
    "The report was long.",
    "A chilling report that a girl had died went round.",
    "Virginia joins 23 other states that offer it.",
    "If, let's say, Italy had joined them, it would be over.",
    "The team reported from Beijing.",
    "Additional charges of neglect of a child were filed.",
    "The law denied the right of women to vote.",
    "The play, written by Omar Diallo, opened.",
    "reportedly '' ''",
    "",
    '"',
]


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[t[:60] for t, _ in GOLDEN])
def test_who_says_what(text: str, expected: list[tuple[str, Stance, str]]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize("text", NOBODY_SPEAKS)
def test_where_nobody_speaks_there_is_no_quote(text: str) -> None:
    assert quotes(text) == []


DISPUTE = """Russian Defense Ministry spokesman, Maj. Gen. Pavel Orlov, said the place hit was 300 kilometers away.

The Pentagon said it held a video conference.

"The strikes went on after we had called," it said in a statement.

Orlov retorted that the military had warned everybody. He added that the maps were late. On a softer note, he added that the call was "useful."

The Defense Ministry said the talks went well. The ministry said that there would be more.
"""


def test_pronouns_and_short_names_lead_to_the_fullest_name() -> None:
    speakers = [q.speaker for q in ATTRIBUTE(Document(DISPUTE))]
    assert speakers == [
        "Pavel Orlov",
        "Pentagon",
        "Pentagon",
        *["Pavel Orlov"] * 3,
        *["Russian Defense Ministry"] * 2,
    ]


def test_the_speaker_span_is_where_the_text_names_the_source() -> None:
    named = [q.speaker_span.of(DISPUTE) for q in ATTRIBUTE(Document(DISPUTE))]
    assert named == [
        "Maj. Gen. Pavel Orlov",
        "The Pentagon",
        "it",
        "Orlov",
        "He",
        "he",
        "The Defense Ministry",
        "The ministry",
    ]


def test_the_cue_is_the_reporting_verb_or_phrase() -> None:
    text = "The army said it left, according to Example News. It was reported that ten died."
    assert [q.cue.of(text) for q in ATTRIBUTE(Document(text))] == ["according to", "said", "It was reported"]


def test_an_unresolved_pronoun_stays_as_the_text_has_it() -> None:
    assert quotes("He said the road was cut.") == [("He", C, "the road was cut")]


def test_who_speaks_of_himself_is_a_person() -> None:
    text = 'Baker said he was tired. "I shall rest," he said.'
    assert [speaker for speaker, _, _ in quotes(text)] == ["Baker", "Baker"]


def test_a_role_leads_back_to_the_person_who_holds_it() -> None:
    text = "A spokesman, Ali Sow, said ten had died. The spokesman said nobody was hurt."
    assert [speaker for speaker, _, _ in quotes(text)] == ["Ali Sow", "Ali Sow"]


def test_a_quotation_of_several_paragraphs_is_one_speakers() -> None:
    text = 'Ali Sow said: "We were there.\n\n"We saw the jets," he said.'
    assert {speaker for speaker, _, _ in quotes(text)} == {"Ali Sow"}


@pytest.mark.parametrize(
    ("form", "base"),
    [("said", "say"), ("denies", "deny"), ("denying", "deny"), ("admitted", "admit"), ("accusing", "accuse")],
)
def test_inflected_forms_lead_to_their_verb(form: str, base: str) -> None:
    assert VERB_FORMS[form].base == base


# --- laws -----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """The army said that it had left , . " “ ” '' he added according to Ali Sow a spokesman for denied the
    Pentagon's accusations and but was reported by citing told reporters on Sunday ( ) — : ; SAID THE THAT
    quoted as saying reportedly neither confirmed nor claimed who which ' \n\n U.S.""".split(" ")
)
TEXTS = st.lists(WORDS, max_size=50).map(" ".join) | st.text(max_size=200)


@given(TEXTS)
def test_quotes_are_ordered_nested_or_apart_and_never_empty(text: str) -> None:
    found = ATTRIBUTE(Document(text))
    assert all(a.span.start <= b.span.start for a, b in pairwise(found))
    assert all(q.span.of(text).strip() and q.speaker and q.cue.of(text) for q in found)
    assert not any(_cross(a, b) for a in found for b in found)


def _cross(a: Quote, b: Quote) -> bool:
    return a.span.start < b.span.start < a.span.end < b.span.end


@given(TEXTS)
def test_speaker_and_cue_lie_inside_the_text(text: str) -> None:
    for quote in ATTRIBUTE(Document(text)):
        assert quote.cue.end <= len(text)
        assert quote.speaker_span.end <= len(text)


@pytest.mark.parametrize(
    ("hostile", "length"),
    [
        ("The army, a body, a force, said and denied and added, ", 40_000),
        ('said "a" said, ', 40_000),
        ("of the man who said of the army said it left saying ", 40_000),
        (DISPUTE, 40_000),
        ('("', 250_000),
    ],
    ids=["commas", "quotation marks", "no marks", "news", "nothing but quotation marks"],
)
def test_time_grows_with_the_text_and_no_faster(hostile: str, length: int) -> None:
    def seconds(times: int) -> float:
        document = Document(hostile * times)
        start = time.process_time()
        ATTRIBUTE(document)
        return time.process_time() - start

    size = length // len(hostile)
    seconds(size // 10)
    assert min(seconds(2 * size) for _ in range(3)) < 3.5 * min(seconds(size) for _ in range(3))


def test_sentences_that_nothing_tells_of_speech_in_change_no_quote():
    walks = "Maj. Gen. Igor Orlov of Homs walked home. He said that he was tired."
    assert [quote.speaker for quote in ATTRIBUTE(Document(walks))] == ["Igor Orlov"]
    for text in (
        walks,
        DISPUTE,
        *("\n\n".join(text for text, _ in GOLDEN[i : i + 8]) for i in range(0, 96, 8)),
    ):
        # A figure behind an apostrophe makes the words others than `tokenize` has, so that all is taken apart.
        assert ATTRIBUTE(Document(text)) == ATTRIBUTE(Document(f"{text}\n\nIn '9.\n"))
