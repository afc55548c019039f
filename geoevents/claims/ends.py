"""Which two places does a claim speak of: by clause, by apposition, or by what came before?

Names come from the resolutions of the document; datelines, institutions, demonyms and governments
called by their capital are no end of a distance. An end that the text calls by no name keeps the
words that the text has for it, and no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geoevents.claims.durations import TravelTime
from geoevents.claims.lines import LINE, country_codes, line_named, territory_named
from geoevents.claims.mentions import Mention
from geoevents.claims.reading import Link
from geoevents.lexicon.places import KIND_WORDS, names_an_area
from geoevents.model import (
    Candidate,
    ClaimEnd,
    Event,
    EventType,
    Line,
    LineKind,
    Place,
    PlaceKind,
    Resolution,
    Span,
    SubType,
    Toponym,
    ToponymRole,
)

__all__ = ["Discourse", "Ends"]

_NO_END = frozenset(
    {
        ToponymRole.DATELINE,
        ToponymRole.INSTITUTION,
        ToponymRole.DEMONYM,
        ToponymRole.EMBEDDED,
        ToponymRole.METONYM,
    }
)
_NO_REFERENCE = frozenset({ToponymRole.DATELINE, ToponymRole.INSTITUTION, ToponymRole.EMBEDDED})
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})

_DAYS = r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
# Where a noun phrase ends at the latest.
_PHRASE_END = re.compile(
    r"[;:()\[\]—?!\"“”]|,(?=\s)|\s[–-]{1,2}\s|\.(?=\s+[A-Z\"“(]|\s*$)|\s(?:where|which|who|whom|whose|when|after|as|while|before|and|but|or|according"
    rf"|said|says|told|were|was|is|are|has|had|have|on\s(?:the\s)?(?:{_DAYS})|(?:{_DAYS})(?:day)?|late|early|today|yesterday|overnight|during|since|until|because|killing|wounding|leaving)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\s(?:has|had|have|is|are|was|were)", re.IGNORECASE)
_THAT = re.compile(r"\bthat\s", re.IGNORECASE)
_ABBREVIATED_END = re.compile(r"(?:\b[A-Z]\.|\b(?:St|Mt|Ft|Gen|Col|Maj|Dr|Mr|U\.S|U\.N|U\.K))$")
# Words that make a name behind them an agent or a detail of the phrase, not its head.
_BREAKER = re.compile(
    r"\b(?:by|that|which|who|whom|whose|where|when|with|and|or|as|after|before|while|since|is|was|were|are|has|had|have|said|says"
    r"|held|controlled|designated|backed|occupied|claimed|used|run|led|marked|belonging|against|under|to|for|than)\b|[;:()\[\].—!?]",
    re.IGNORECASE,
)
_BORDER_AFTER = re.compile(
    r"(?:['’]s)?\s(?:(?:land|sea|state|ring|main|provincial|northern|southern|eastern|western)\s)?(?:border|frontier|coast|shore|front\s?line|boundary|mainland|highway|road|river)\b",
    re.IGNORECASE,
)
# An agent: "U.S. positions". Behind an owner the head may follow: "Turkey's army", "Israel-held Golan".
_AGENT_AFTER = re.compile(
    r"\s(?:positions?|forces?|troops?|army|soldiers?|military|bases?|outposts?|lines|fighters|jets|warplanes|units?)\b",
    re.IGNORECASE,
)
_OWNER_AFTER = re.compile(
    r"(?:['’]s\b|-(?:held|backed|led|run|controlled|occupied|allied|made|supported|based)\b)", re.IGNORECASE
)
_HOLDER = re.compile(
    r"[\w'’-]{1,24}-(?:held|controlled|occupied|backed|run|led|claimed|used)\b", re.IGNORECASE
)
_NAMED_BY = re.compile(
    r"\b(?:capital|city|town|village|hometown|stronghold|headquarters|seat|cent(?:er|re)|port|hub|metropolis|district|area|center|settlement)(?:\s(?:city|town))?,\s(?:the\s)?$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\bcapital\b", re.IGNORECASE)
_LESSER_CAPITAL = re.compile(
    r"\b(?:regional?|provincial|state|district|county|departmental|department|governorate|prefectural|territorial|oblast)['’]?s?\scapital",
    re.IGNORECASE,
)
_IS_CAPITAL = re.compile(
    r"(?:the\s)?(?:[\w.'’-]{1,24}\s){1,4}capital(?:\scity)?|(?:the\s)?capital(?:\scity)?\sof\s(?:[\w.'’-]{1,24}\s?){1,4}",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\bcapital(?:\scity)?\sof\s(?P<what>.{1,60})$", re.IGNORECASE)
_CAPITAL_OF = re.compile(r"\bcapital(?:\scity)?\sof\s(?:the\s)?$", re.IGNORECASE)
_CAPITAL_BEFORE = re.compile(r"\bcapital(?:\sof|,|\scity(?:\sof)?)?\s$", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r",\s(?:the|its)\s(?:\w{1,14}\s)?capital\b", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"(?:(?:the|this|that|these|those|its|their)\s)(?:\w{1,14}\s)?(?P<noun>city|town|village|area|place|site|scene|settlement|base|camp|airport|airfield|air\sbase|capital|center|centre|outpost|garrison|port|region|spot|location|locality|municipality)\b"
    r"|\b(?P<bare>there|here|it)\b",
    re.IGNORECASE,
)
_SITE_KINDS = {
    "base": PlaceKind.MILITARY,
    "air base": PlaceKind.MILITARY,
    "garrison": PlaceKind.MILITARY,
    "outpost": PlaceKind.MILITARY,
    "camp": PlaceKind.CAMP,
    "airport": PlaceKind.AIRPORT,
    "airfield": PlaceKind.AIRPORT,
}
_TOWN_NOUNS = frozenset("city town village settlement municipality".split())
_COPULA = re.compile(
    r"\s(?:is|was|are|were|be|been|being|lies|lay|lie|stands|stood|sits|sat)(?:\s(?:located|situated|based|found|only|just|also|still|about|itself|now|roughly|actually|not|set|some)){0,2}[\s,]{1,2}$"
    r"|\s(?:took\splace|occurred|happened|came|unfolded)[\s,]{1,2}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:^|[\s,])(?:which|that|who|it|and|they|he|she)$", re.IGNORECASE)
_CLAUSE_START = re.compile(
    r"[,;:()—\"“”]\s{0,2}|\s[–-]{1,2}\s|\b(?:said|says|told\s\w{1,20}|that|reported|added|claimed|insisted|argued|stressed|noted|but|and|where|because|while)\s",
    re.IGNORECASE,
)
_RELATIVE_CLAUSE = re.compile(
    r"(?:which|who|whose|where|that|formerly|also|a|an|once|home|known)\b", re.IGNORECASE
)
_EVENT_NOUN = re.compile(
    r"\b(?:(?:air\s?-?)?strikes?|attacks?|raids?|bombings?|bombardment|blasts?|explosions?|shelling|clash(?:es)?|fighting|battles?|ambush|assault|targets?|targeted|hit|struck|crash|incident|scene|site|shooting|killings?|massacre|fire)\b",
    re.IGNORECASE,
)
_FROM_THE_AIR = re.compile(r"strike|raid|bomb", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\b[a-z]{2,16}(?:ed|ing)\b")
_HARMLESS = frozenset(
    """located situated based displaced called named known lying being inhabited populated occupied controlled held besieged walled divided fortified
    contested disputed sprawling surrounding neighboring neighbouring outlying adjoining mining farming fishing trading ravaged bordering
    estimated landlocked isolated wooded deserted abandoned abutting dominated straddling sitting nestled perched crossing red""".split()
)
_DETACHING = re.compile(
    r"\b(?:said|says|told|when|while|after|before|because|where|killing|was\s(?!located|situated)|were|had|has|by|to|against|into|for|until)\b|[;:\"“”]",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:close|next|nearest|adjacent|home)\sto\b", re.IGNORECASE)
_SHARED = re.compile(
    # "Washington, D.C., and 7 miles": the state says which Washington.
    r"(?:(?-i:,\s[A-Z][\w.'’-]{1,24}(?:\s[A-Z][\w.'’-]{1,24}){0,2}),?(?=\s(?:and|or|but)\b))?"
    r"[\s,)]{0,3}(?:(?:and|or|but)\s)?(?:(?:also|is|was|lies|located|just|then|only)\s){0,2}\(?",
    re.IGNORECASE,
)
_CONTAINED = re.compile(
    r"(?:\s(?:city|town|village|district|area|municipality|sector|county|township|canton|camp|base))?(?:,|\s\(|['’]s)?\s?(?:(?:the\s|a\s|an\s)?(?:[\w-]{1,20}\s){0,3}(?:of|in)\s)?(?:the\s)?(?:[\w-]{1,20}\s){0,3}",
)
_JOINS = re.compile(r"\b(?:and|or|to|from|between)\b", re.IGNORECASE)
_CONTAINER_AFTER = re.compile(
    r"\s(?:province|district|department|state|region|municipality|county|governorate|jurisdiction|oblast|prefecture|division|sub-?district)\b",
    re.IGNORECASE,
)
# A capitalized name against the length that nobody recognized: better than a known name further off.
_UNKNOWN_NAME = re.compile(
    r"\b(?:[Ii]n|IN|[Aa]t|AT|[Nn]ear|NEAR|of|OF|outside|OUTSIDE)\s(?P<name>[A-Z][\w'’-]{1,24}(?:\s(?:de\s|la\s|al-|el-)?[A-Z][\w'’-]{1,24}){0,2})"
    r"(?:\s(?:city|town|village|area|district|hill|farm))?(?:\s?,|\s?\(|\s--)?\s?(?:(?:located|situated|an?\s(?:\w{1,14}\s){1,3})\s?)?$"
)
# The same by apposition, which says what it is: "Baalbek and Ain el-Delb, a village 5 km east of".
_INTRODUCED = re.compile(
    r"\b(?P<name>[A-Z][\w'’]{1,24}(?:[\s-](?:(?:al|ad|an|ar|as|ash|at|az|de|del|ed|el|es|ez|la|las|los)[\s-])?[A-Z][\w'’]{1,24}){0,3})"
    r",\s(?:an?|another|the)\s(?:[\w-]{1,20}\s){0,3}(?:village|hamlet|town|city|settlement|suburb|community|camp|farm|base|outpost|crossing)"
    r"(?:\s(?:located|situated|lying|some|about|around|roughly|just|only)){0,2}\s?$"
)
_NO_NAME = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs)?(?:day)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
    r"|The|An?|(?:North|South|East|West)(?:ern)?|(?:North|South)(?:east|west)(?:ern)?)\b",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(r"[,\s]{1,2}(?:in|at|near|outside|inside)\s(?:the\s)?(?:[\w-]{1,20}\s){0,4}$")
_SUBURB = re.compile(r"\s(?:suburb|satellite\stown|neighbou?rhood)\b", re.IGNORECASE)
_OF = re.compile(r"of\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s(?:\w{1,14}\s){1,2}of\s)?$", re.IGNORECASE)
_CLOSEST = re.compile(r"\b(?:nearest|closest)\b", re.IGNORECASE)
_IS = re.compile(r",?\s(?:is|was)\s(?:the\s\w{1,14}\sof\s)?", re.IGNORECASE)
_PLACE_NOUN = (
    r"(?:villages?|hamlets?|towns?|townships?|cit(?:y|ies)|settlements?|suburbs?|communit(?:y|ies)|communes?|comuni?e?|municipalit(?:y|ies)"
    r"|localit(?:y|ies)|districts?|parish(?:es)?|neighbou?rhoods?|ports?|camps?|bases?|airbases?|airports?|outposts?|crossings?|islands?|stations?|resorts?|parks?|part)"
)
# "Ortaca is a small town in Muğla, near the coast": what the sentence goes on to say, it says of Ortaca.
_IS_A_PLACE = re.compile(
    rf"\s(?:is|was|remains)\s(?:an?|the|one\sof|another)\s(?:[\w'’-]{{1,24}},?\s){{0,5}}?{_PLACE_NOUN}\b",
    re.IGNORECASE,
)
_LOCATED = re.compile(
    r",?\s(?:located|situated|lying|found|positioned)(?:\s(?:some|about|around|roughly|just|only|approximately|almost|nearly|at)){0,2}\s?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|but|or|while)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,2}$", re.IGNORECASE)
# A length that goes on after "and" is said of what the clause speaks of: "north of A and 6 km south of B".
_GOES_ON = re.compile(
    r"(?:,\s[A-Z][\w.'’-]{1,24})?,?\s(?:and|but)(?:\s(?:is|lies|was|lay|also|then|just|located|situated|some|about|around|roughly|only)){0,4}\s$"
)
_OBJECT = re.compile(
    r"\b(?:of|with|to|from|in|near|at|on|by|outside|inside|between|around)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,3}$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s(?:is|was|are|were|lies|lay|sits|stands|has|had)\s", re.IGNORECASE)
_STOPS = re.compile(r"[;:—\"“”]|\bthat\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?](?:\[\d{1,3}\]){0,4}\s{1,3}(?=[A-Z\"“])")
_CITED = re.compile(r"[.!?](?:\[\d{1,3}\]){1,4}\s{1,3}(?=[A-Z\"“])")
_DESCRIBES = re.compile(
    r"(?:on|in|at|near|along|by|beside|close|outside|inside|south|north|east|west|home|capital|the|its|once)\s"
    rf"|(?:[\w'’-]{{1,24}}\s){{0,2}}?[\w-]{{1,24}}['’]s?\s(?:[\w'’-]{{1,24}}\s){{0,4}}?{_PLACE_NOUN}\b",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"[A-Z][\w'’-]{1,30}(?:\s(?:[A-Z][\w'’-]{1,30}|al|el|de|la)){0,3}")
# "the Mugunga camp for displaced people, 8 miles from": for whom it is.
_FOR_WHOM = re.compile(
    r"\bfor\s(?=(?:(?:internally|newly|the|war)\s){0,2}(?:displaced|refugees?|migrants?|people|families|evacuees|prisoners)\b)",
    re.IGNORECASE,
)
_TO_PLACE = re.compile(r"\sto\s(?:the\s(?:\w{1,14}\s){1,2}of\s)?", re.IGNORECASE)
_AND_VERB = re.compile(r"\b(?:and|but)\s(?:\w{1,12}\s)?$", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|near|at|after|from|of|by|with|to|on|for|against|outside|around|between)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_DIVISION_OF = re.compile(
    r"\b(?:province|governorate|region|district|oblast|state|county|department|prefecture)\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_THE_TOWN = re.compile(
    r"\b(?P<called>(?:the|that|this)\s(?:\w{1,14}\s)?(?:city|town|village|settlement|base|camp|airport|garrison|municipality))"
    r",\s(?:which\s(?:is|lies)\s)?(?:(?:some|about|around|roughly|just|only|located|situated)\s){0,2}$",
    re.IGNORECASE,
)
_MOST_OPENING = 40
_MOST_APPOSED = 4
_MAX_LEAD = 110
_MAX_CALLED = 400  # A sentence without an end would be searched anew for each of its mentions.
_MAX_GAP = 140
_MAX_TOWNS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The two ends of a mention. `reference_end` is where the words for the reference end."""

    subject: ClaimEnd
    reference: ClaimEnd
    reference_end: int


class Discourse:
    """The names and events of one document, sorted once, so that each end is found by bisection.

    `usable` are the names that can be an end of a claim, in order.
    """

    def __init__(
        self,
        text: str,
        resolutions: Sequence[Resolution],
        events: Sequence[Event],
        *,
        find_capital: Callable[[str], Place | None],
    ) -> None:
        self._text = text
        self._find_capital = find_capital
        self._names = sorted(resolutions, key=lambda r: r.toponym.span)
        self._name_starts = [r.toponym.span.start for r in self._names]
        self.usable = [r for r in self._names if r.toponym.role not in _NO_END]
        self._usable_starts = [r.toponym.span.start for r in self.usable]
        self._named_capital = next((r for r in self.usable if self._is_capital(r)), None)
        located = [
            (span.start, span.end, event)
            for event in events
            if event.location is not None and event.type in _VIOLENT and not _is_broad(event.location)
            for span in event.mentions or (event.span,)
        ]
        self._struck = sorted(located, key=lambda item: item[:2])
        self._struck_starts = [start for start, _, _ in self._struck]

    def ends(self, mention: Mention | TravelTime, previous: tuple[Mention | TravelTime, Ends] | None) -> Ends:
        """Return both ends of a mention; `previous` is the one before it, for ends that they share."""
        found = self._ends(mention, previous)
        subject, reference = self._whole(found.subject), self._whole(found.reference)
        return replace(found, subject=subject, reference=reference)

    def _whole(self, end: ClaimEnd) -> ClaimEnd:
        """Return an end with the word behind its name that makes it a division: "Potosí department"."""
        if end.resolution is None or end.span != end.resolution.toponym.span:
            return end
        after = _CONTAINER_AFTER.match(self._text, end.span.end)
        if after is None:
            return end
        span = Span(end.span.start, after.end())
        return replace(end, text=span.of(self._text), span=span)

    def _ends(
        self, mention: Mention | TravelTime, previous: tuple[Mention | TravelTime, Ends] | None
    ) -> Ends:
        """Return both ends, named as the names are found."""
        mention = replace(mention, sentence=self._after_citation(mention))
        if mention.link in {Link.BETWEEN, Link.APART, Link.SEPARATED}:
            return self._both(mention)
        subject = self._subject(mention, previous)
        low = max(mention.sentence.start, mention.span.start - _MAX_CALLED)
        called = _CLOSEST.search(self._text, low, mention.span.start) is not None
        if subject.resolution is None and mention.link is Link.IMPLIED:
            behind = self._following_subject(mention.sentence, mention.span.end, is_predicate=called)
            subject = behind or subject
        reference, end = self._reference(mention, subject)
        if subject.resolution is None and reference.resolution is not None:
            destination = self._destination(end)
            if destination is not None:
                return Ends(subject=destination, reference=reference, reference_end=end)
        if subject.resolution is None:
            subject = self._following_subject(mention.sentence, end, is_predicate=called) or subject
        if subject.resolution is None:
            taken_up = self._taken_up(mention, reference)
            if self._copula(mention):
                taken_up = taken_up or self._event_subject(subject, reference)
            subject = taken_up or subject
        return Ends(subject=subject, reference=reference, reference_end=end)

    def _after_citation(self, mention: Mention | TravelTime) -> Span:
        """Return the sentence from where it begins behind a mark: "in Poland.[1] It lies"."""
        low = max(mention.sentence.start, mention.span.start - _MAX_CALLED)
        marks = [mark.end() for mark in _CITED.finditer(self._text, low, mention.span.start)]
        return Span(marks[-1], mention.sentence.end) if marks else mention.sentence

    def _destination(self, end: int) -> ClaimEnd | None:
        """Return the second name of "85 km from Beirut to Damascus"."""
        index = bisect_left(self._usable_starts, end)
        if index == len(self.usable):
            return None
        name = self.usable[index]
        is_tied = _TO_PLACE.fullmatch(self._text, end, name.toponym.span.start) is not None
        return (
            _named(name, "where the way leads that is measured") if is_tied and not _is_broad(name) else None
        )

    # Both ends at once

    def _both(self, mention: Mention | TravelTime) -> Ends:
        after = mention.link is Link.SEPARATED
        low = mention.span.end if after else max(mention.sentence.start, mention.span.start - _MAX_GAP)
        high = min(mention.sentence.end, mention.span.end + _MAX_GAP) if after else mention.span.start
        named = self._between(low, high)
        pair = named[:2] if after else named[-2:]
        if len(pair) < 2:
            words = _trimmed(self._text, low if after else self._clause_start(low, high), high)
            unnamed = ClaimEnd(words.of(self._text), words, reason="it names no two places")
            return Ends(subject=unnamed, reference=ClaimEnd("", None), reference_end=mention.span.end)
        subject, reference = (_named(r, "both ends stand in one phrase") for r in pair)
        return Ends(
            subject=subject,
            reference=reference,
            reference_end=max(mention.span.end, pair[1].toponym.span.end),
        )

    # The reference

    def _reference(self, mention: Mention | TravelTime, subject: ClaimEnd) -> tuple[ClaimEnd, int]:
        if mention.link is not Link.NAMED:
            return self._implied(subject), mention.span.end
        phrase = self._phrase_after(mention.span.end, mention.sentence.end)
        named = self._name_in_phrase(mention.span.end, mention.sentence.end)
        if named is not None:
            reference = self._headed(mention, phrase, named)
            return reference, max(named.toponym.span.end, reference.span.end if reference.span else 0)
        words = phrase.of(self._text)
        if LINE.search(words) or (mention.is_inward and territory_named(words)):
            return _line(self._text, phrase, is_inward=mention.is_inward), phrase.end
        return self._anaphor(subject, phrase, mention.sentence), phrase.end

    def _headed(self, mention: Mention | TravelTime, phrase: Span, named: Resolution) -> ClaimEnd:
        """Return the reference that a name heads: the place, a line that is its, or its capital."""
        end = named.toponym.span.end
        lead = self._text[mention.span.end : named.toponym.span.start]
        if LINE.search(lead) or _BORDER_AFTER.match(self._text, end):
            whole = Span(phrase.start, max(phrase.end, end))
            return _line(self._text, whole, is_inward=mention.is_inward)
        if _CAPITAL_OF.search(lead) and _is_broad(named):
            return self._capital_of(named, Span(phrase.start, end))
        if mention.is_inward:
            return _edge(self._text, Span(phrase.start, end), named)
        return _named(named, "named after the preposition")

    def _phrase_after(self, start: int, stop: int) -> Span:
        """Return the noun phrase that starts here, without the clause behind it."""
        limit = min(stop, start + 160)
        ends = _PHRASE_END.finditer(self._text, start + 1, limit)
        end = next((e.start() for e in ends if not self._goes_on(start, e)), limit)
        return _trimmed(self._text, start, end)

    def _goes_on(self, start: int, end: re.Match[str]) -> bool:
        """Say whether it is no end: the dot of "the U.S.", the verb of "that the army had marked"."""
        if end.group() == ".":
            return _ABBREVIATED_END.search(self._text, max(start, end.start() - 6), end.end()) is not None
        is_verb = _AUXILIARY.fullmatch(end.group()) is not None
        return is_verb and _THAT.search(self._text, start, end.start()) is not None

    def _name_in_phrase(self, start: int, stop: int) -> Resolution | None:
        """Return the name that heads the phrase, not one that merely does or owns something in it."""
        limit = min(stop, start + _MAX_LEAD)
        first = bisect_left(self._name_starts, start)
        for name in self._names[first : first + _MAX_LEAD]:
            span = name.toponym.span
            if span.start >= limit or not _leads_to_head(self._text[start : span.start]):
                return None
            if name.toponym.role is ToponymRole.DEMONYM:
                continue
            owner = _OWNER_AFTER.match(self._text, span.end)
            if _BORDER_AFTER.match(self._text, span.end):
                return name
            if owner is not None and (owner.group().startswith("-") or _is_broad(name)):
                start = owner.end()  # the head stands behind it, if anywhere: "Turkey-held Afrin"
                continue
            is_agent = _is_broad(name) and _AGENT_AFTER.match(self._text, span.end) is not None
            return None if is_agent or name.toponym.role in _NO_REFERENCE else name
        return None

    def _anaphor(self, subject: ClaimEnd, phrase: Span, sentence: Span) -> ClaimEnd:
        words = phrase.of(self._text)
        if _CAPITAL.search(words):
            return self._capital(subject, phrase)
        match = _ANAPHOR.fullmatch(words)
        if match is None:
            return ClaimEnd(words, phrase)
        noun = _noun(match)
        if noun in _TOWN_NOUNS:
            return self._town(phrase, subject, sentence)
        found = self._before(phrase.start, subject, _SITE_KINDS.get(noun))
        if found is None:
            return ClaimEnd(words, phrase, reason="nothing before it says which place that is")
        reason = f"{words!r} is taken for the place last named"
        return ClaimEnd(words, phrase, resolution=found, is_inferred=True, reason=reason)

    def _town(self, phrase: Span, other: ClaimEnd, sentence: Span) -> ClaimEnd:
        """Resolve "the city" to the town that the text speaks of, where it is clear which that is."""
        words = phrase.of(self._text)
        towns = self._towns_before(phrase.start, other)
        if not towns:
            return ClaimEnd(words, phrase, reason="nothing before it says which place that is")
        near = [town for town in towns if town.toponym.span.start >= sentence.start]
        found = _topic(near or towns)
        if found is None:
            return ClaimEnd(words, phrase, reason="the text names several places that it could be")
        reason = f"{words!r} is taken for the town that the text speaks of"
        is_one_of_several = len({_identity(town) for town in near or towns}) > 1
        return ClaimEnd(words, phrase, resolution=found, is_inferred=is_one_of_several, reason=reason)

    def _towns_before(self, offset: int, other: ClaimEnd) -> list[Resolution]:
        """Return the towns, and the names that nobody knows, before the offset, without the other end."""
        index = bisect_left(self._usable_starts, offset)
        return [
            name
            for name in self.usable[max(0, index - _MAX_TOWNS) : index]
            if (not name.candidates or name.candidates[0].place.kind is PlaceKind.SETTLEMENT)
            and not _is_container(name, self._text)
            and (other.resolution is None or _identity(name) != _identity(other.resolution))
            and (other.span is None or not name.toponym.span.overlaps(other.span))
        ]

    def _taken_up(self, mention: Mention | TravelTime, reference: ClaimEnd) -> ClaimEnd | None:
        """Return what "The town lies" and "The base is" speak of, the place named before."""
        copula = self._copula(mention)
        if copula is None:
            words = self._anaphor_before(mention)
        else:
            start = self._clause_start(mention.sentence.start, copula.start())
            words = _trimmed(self._text, start, copula.start())
        if words is None:
            return None
        match = _ANAPHOR.fullmatch(words.of(self._text))
        if match is None:
            return None
        noun = _noun(match)
        is_it = (match["bare"] or "").lower() == "it"
        spoken_of = self._spoken_of(mention.sentence.start) if is_it else None
        if spoken_of is not None:
            if spoken_of.resolution is None:
                why = f"the sentence before speaks of {spoken_of.text!r}, of which no place was recognized"
                return ClaimEnd(words.of(self._text), words, reason=why)
            reason = f"{words.of(self._text)!r} is taken for what the sentence before speaks of"
            return ClaimEnd(words.of(self._text), words, resolution=spoken_of.resolution, reason=reason)
        if noun in _TOWN_NOUNS or is_it:
            return self._town(words, reference, mention.sentence)
        return self._anaphor(reference, words, mention.sentence) if noun in _SITE_KINDS else None

    def _anaphor_before(self, mention: Mention | TravelTime) -> Span | None:
        """Return "The town" in "The town, 110 km southeast of"."""
        low = max(mention.sentence.start, mention.span.start - _MOST_OPENING)
        found = _THE_TOWN.search(self._text, low, mention.span.start)
        return None if found is None else Span(*found.span("called"))

    def _spoken_of(self, start: int) -> ClaimEnd | None:
        """Return what the sentence before says to be a village, town or the like."""
        low = max(0, start - _MAX_CALLED)
        ends = [end.end() for end in _SENTENCE.finditer(self._text, low, max(low, start - 2))]
        low = ends[-1] if ends else low
        is_a = _IS_A_PLACE.search(self._text, low, start)
        return None if is_a is None else self._head(low, is_a.start())

    def _capital(self, subject: ClaimEnd, phrase: Span) -> ClaimEnd:
        """Resolve "the capital": the city that the text calls so, else that of the country meant."""
        words = phrase.of(self._text)
        of = _OF_WHAT.search(words)
        if _LESSER_CAPITAL.search(words) or (of is not None and not country_codes(of["what"])):
            return ClaimEnd(words, phrase, reason="the text does not say which capital")
        if self._named_capital is not None:
            reason = "the text names the capital elsewhere"
            return ClaimEnd(words, phrase, resolution=self._named_capital, reason=reason)
        country = self._country_meant(subject, phrase)
        place = self._find_capital(country) if country else None
        if place is None:
            return ClaimEnd(words, phrase, reason="the text does not say which capital")
        return _as_named(phrase, words, place, f"{place.name} is the capital of {country}")

    def _capital_of(self, area: Resolution, phrase: Span) -> ClaimEnd:
        """Resolve "the capital of Mali"; that of a province is a town that the text does not name."""
        words = phrase.of(self._text)
        place = area.candidates[0].place
        found = (
            self._find_capital(place.country) if place.kind is PlaceKind.COUNTRY and place.country else None
        )
        if found is None:
            return ClaimEnd(
                words, phrase, reason=f"which town is the capital of {place.name} is not known here"
            )
        return _as_named(phrase, words, found, f"{found.name} is the capital of {place.name}")

    def _country_meant(self, subject: ClaimEnd, phrase: Span) -> str | None:
        """Return the country of "the Iraqi capital", else that of the subject, else of the last name."""
        codes = country_codes(phrase.of(self._text))
        if len(codes) == 1:
            return codes[0]
        first = bisect_left(self._name_starts, phrase.start)
        last = bisect_left(self._name_starts, phrase.end)
        inside = [r for r in self._names[first:last] if r.candidates]
        known = (
            [subject.resolution] if subject.resolution is not None else self._names[max(0, first - 1) : first]
        )
        named = next((r for r in (*inside, *known) if r.candidates), None)
        return None if named is None else named.candidates[0].place.country

    def _is_capital(self, name: Resolution) -> bool:
        span = name.toponym.span
        return (
            _CAPITAL_BEFORE.search(self._text, max(0, span.start - 40), span.start) is not None
            or _CAPITAL_AFTER.match(self._text, span.end) is not None
        )

    def _implied(self, subject: ClaimEnd) -> ClaimEnd:
        if subject.resolution is None or subject.span is None:
            return ClaimEnd("", None)
        found = self._before(subject.span.start, subject, None)
        if found is None:
            return ClaimEnd("", None)
        meant = _named(found, "left out; taken for the place named before the subject")
        return replace(meant, is_inferred=True)

    def _before(self, offset: int, subject: ClaimEnd, kind: PlaceKind | None) -> Resolution | None:
        """Return the last place named before the offset that is no area and not the subject."""
        subject_id = _place_id(subject.resolution)
        subject_span = subject.span
        index = bisect_left(self._usable_starts, offset)
        for name in reversed(self.usable[max(0, index - 8) : index]):
            place = name.candidates[0].place if name.candidates else None
            if subject_span is not None and name.toponym.span.overlaps(subject_span):
                continue
            if place is None or (place.id == subject_id) or place.kind.is_area:
                continue
            if kind is None or place.kind is kind:
                return name
        return None

    # The subject

    def _subject(
        self, mention: Mention | TravelTime, previous: tuple[Mention | TravelTime, Ends] | None
    ) -> ClaimEnd:
        start = mention.sentence.start
        if previous is not None and previous[0].sentence.end == mention.sentence.end:
            gap = previous[1].reference_end
            if gap <= mention.span.start and _SHARED.fullmatch(self._text, gap, mention.span.start):
                return previous[1].subject
        copula = self._copula(mention)
        if copula:
            found = self._predicated(start, copula.start()) or self._conjoined(start, copula.start())
            if found is not None:
                return found
        return (
            self._described(mention)
            or self._coordinated(mention)
            or self._apposed(mention)
            or self._unnamed(mention)
        )

    def _conjoined(self, start: int, verb: int) -> ClaimEnd | None:
        """Return the name that opens the sentence for "A faces B across the border and lies"."""
        if not _AND_VERB.search(self._text, max(start, verb - 20), verb + 1):
            return None
        low = bisect_left(self._name_starts, start)
        opening = self._names[low : low + 1]
        roles = {*_NO_END} - {ToponymRole.METONYM}
        stop = min(verb, start + _MOST_OPENING)
        first = next((r for r in opening if r.toponym.role not in roles and r.toponym.span.end <= stop), None)
        if first is None or _AFTER_PREPOSITION.search(self._text, start, first.toponym.span.start):
            return None
        return _named(first, "the subject of its sentence")

    def _before_apposition(self, words: Span, start: int) -> Span:
        """Return the phrase before one that only describes it: "Torkham, on the Afghan border, is"."""
        for _ in range(_MOST_APPOSED):
            comma = words.start - 2
            names = self._between(words.start, words.end)
            only_locates = _DESCRIBES.match(words.of(self._text)) or (names and all(map(_is_broad, names)))
            if comma <= start or self._text[comma : comma + 1] != "," or not only_locates:
                return words
            before = _trimmed(self._text, self._clause_start(start, comma), comma)
            names = self._between(before.start, before.end)
            rest = self._text[names[-1].toponym.span.end : before.end].strip().casefold() if names else None
            is_named = rest is not None and (not rest or rest in KIND_WORDS)
            if not is_named and not _NAME_ALONE.fullmatch(before.of(self._text)):
                return words
            words = before
        return words

    def _described(self, mention: Mention | TravelTime) -> ClaimEnd | None:
        """Return what "is a village in A, located" is said of: A merely says where it lies."""
        high = mention.span.start
        low = max(mention.sentence.start, high - _MAX_CALLED)
        is_a = _IS_A_PLACE.search(self._text, low, high)
        if is_a is None or _STOPS.search(self._text, is_a.end(), high):
            return None
        inside = self._between(is_a.end(), high)
        last = inside[-1].toponym.span if inside else Span(is_a.end(), is_a.end())
        if not _LOCATED.search(self._text, last.end, high):
            is_new_head = _AND.search(self._text, is_a.end(), last.start) is not None
            if is_new_head or not _is_apposition(self._text[is_a.end() : high]):
                return None
        return self._head(low, is_a.start())

    def _head(self, low: int, high: int) -> ClaimEnd:
        """Return the noun phrase that opens a clause: its name, else its words."""
        stops = [stop.end() for stop in _STOPS.finditer(self._text, low, high)]
        low = stops[-1] if stops else low
        named = self._between(low, high) or self._nothing_but(_trimmed(self._text, low, high))
        if named:
            return _named(_innermost(named), "the subject of its sentence")
        first = re.split(r"[,(\[]", self._text[low:high], maxsplit=1)[0]
        words = _trimmed(self._text, low, low + len(first))
        return ClaimEnd(words.of(self._text), words)

    def _coordinated(self, mention: Mention | TravelTime) -> ClaimEnd | None:
        """Return what a clause speaks of that goes on with "and 6 km south of": not the name before the "and"."""
        high = mention.span.start
        low = max(mention.sentence.start, high - _MAX_CALLED)
        names = self._between(max(low, high - _MAX_GAP), high)
        if not names:
            return None
        last = names[-1].toponym.span
        is_further = _GOES_ON.fullmatch(self._text, last.end, high) is not None
        object_of = _OBJECT.search(self._text, max(low, last.start - 60), last.start) if is_further else None
        is_pair = len(names) > 1 and self._is_pair_between(names[-2:]) and "," in self._text[last.end : high]
        if object_of is None and not is_pair:
            return None
        stop = names[-2].toponym.span.start if object_of is None else object_of.start()
        verb = _VERB.search(self._text, low, stop + 1)
        if verb is not None:
            return self._head(low, verb.start())
        words = _trimmed(self._text, self._clause_start(low, stop), stop)
        return ClaimEnd(words.of(self._text), words)

    def _copula(self, mention: Mention | TravelTime) -> re.Match[str] | None:
        """Return the "is", "lies" or "took place" that the distance is the predicate of."""
        low = max(mention.sentence.start, mention.span.start - 40)
        return _COPULA.search(self._text, low, mention.span.start)

    def _predicated(self, start: int, end: int) -> ClaimEnd | None:
        """Return what the sentence says it of: the noun phrase before "is", "lies", "was"."""
        words = _trimmed(self._text, self._clause_start(start, end), end)
        if _RELATIVE_CLAUSE.match(words.of(self._text)) and words.start > start + 2:
            # "Lviv, which was not attacked, lies": the subject stands before the relative clause.
            words = _trimmed(self._text, self._clause_start(start, words.start - 2), words.start)
        words = self._before_apposition(words, start)
        if not words.of(self._text) or _RELATIVE.search(words.of(self._text)):
            return None
        inside = self._between(words.start, words.end) or self._nothing_but(words)
        # "Smith, of Edmonton, was found": the place says where the person is from.
        capital = self._capital_named(words)
        if capital is not None:
            return capital
        if inside and not _OF.match(self._text, words.start):
            return _named(_innermost(inside), "the subject of its clause")
        return ClaimEnd(words.of(self._text), words)

    def _capital_named(self, words: Span) -> ClaimEnd | None:
        """Return the capital of the country in "the Syrian capital", "Syria's capital", "the capital of Syria"."""
        called = words.of(self._text)
        codes = country_codes(called) if _IS_CAPITAL.fullmatch(called) else ()
        place = self._find_capital(codes[0]) if len(codes) == 1 else None
        if place is None:
            return None
        return _as_named(words, called, place, f"{place.name} is the capital of {codes[0]}")

    def _nothing_but(self, words: Span) -> list[Resolution]:
        """Return the name that is the whole phrase, although it was taken for a government.

        "Homs is" may be one that acts; of "Homs is 160 km from Damascus" only a place can be the subject.
        """
        first = bisect_left(self._name_starts, words.start)
        here = self._names[first : first + 1]
        return [r for r in here if r.toponym.span == words and r.toponym.role is ToponymRole.METONYM]

    def _apposed(self, mention: Mention | TravelTime) -> ClaimEnd | None:
        """Return the name right before the length, or the one that it merely locates."""
        low = max(mention.sentence.start, mention.span.start - _MAX_GAP)
        names = self._between(low, mention.span.start)
        if len(names) > 1 and _SUBURB.match(self._text, names[-1].toponym.span.end):
            names = names[:-1]  # "Alvin, a Houston suburb": Houston says what Alvin is
        last = names[-1].toponym.span.end if names else low
        unknown = self._unknown(last, mention.span.start)
        if unknown is not None:
            return unknown
        if not names or not _is_apposition(self._text[last : mention.span.start]):
            return None
        if len(names) > 1 and self._is_between(names[-2:], mention):
            return None
        name = _contained(names, self._text)
        if _is_container(name, self._text):
            # "in Ilobasco, Cabañas department": the department is where the unknown name lies.
            unknown = self._unknown(max(low, name.toponym.span.start - _MAX_GAP), name.toponym.span.start)
            if unknown is not None:
                return unknown
        owner = _OWNER_AFTER.match(self._text, name.toponym.span.end) if _is_broad(name) else None
        if owner:  # "Colombia's second-largest city, 250 km northwest of": the city goes unnamed
            span = _trimmed(self._text, name.toponym.span.start, mention.span.start)
            return ClaimEnd(span.of(self._text), span, reason="described, not named")
        return _named(name, "the name that the distance is said of")

    def _unknown(self, low: int, high: int) -> ClaimEnd | None:
        """Return the capitalized name that nobody recognized right before an offset."""
        found = _UNKNOWN_NAME.search(self._text, low, high) or _INTRODUCED.search(self._text, low, high)
        if found is None or _NO_NAME.match(found["name"]):
            return None
        span = Span(*found.span("name"))
        return ClaimEnd(span.of(self._text), span, reason="no place of that name was recognized")

    def _is_between(self, pair: Sequence[Resolution], mention: Mention | TravelTime) -> bool:
        """Say whether it is on the way from one of two places: "between A and B, 1 km from B"."""
        after = self._text[mention.span.end : mention.span.end + _MAX_LEAD].casefold()
        return self._is_pair_between(pair) and any(name.toponym.text.casefold() in after for name in pair)

    def _is_pair_between(self, pair: Sequence[Resolution]) -> bool:
        """Say whether the two names stand in "between A and B"."""
        start = pair[0].toponym.span.start
        before = self._text[max(0, start - 40) : start]
        joined = self._text[pair[0].toponym.span.end : pair[1].toponym.span.start].strip().lower() == "and"
        return joined and _BETWEEN.search(before) is not None

    def _unnamed(self, mention: Mention | TravelTime) -> ClaimEnd:
        low = self._clause_start(mention.sentence.start, mention.span.start)
        words = _trimmed(self._text, max(low, mention.span.start - 120), mention.span.start)
        return ClaimEnd(words.of(self._text), words) if words.end > words.start else ClaimEnd("", None)

    def _following_subject(self, sentence: Span, end: int, *, is_predicate: bool = False) -> ClaimEnd | None:
        """Return the name in "30 km south of Mosul, in Qayyarah" and at the head of a sentence.

        With `is_predicate`, also that in "the closest town, 9 km away, is Sarmin".
        """
        index = bisect_left(self._usable_starts, end)
        if index == len(self.usable):
            return None
        name = self.usable[index]
        between = self._text[end : name.toponym.span.start]
        is_tied = _LOCATIVE.fullmatch(between) or (is_predicate and _IS.fullmatch(between))
        if name.toponym.span.end > sentence.end or not is_tied:
            return None
        if _is_broad(name) or _DIVISION_OF.search(between) is not None:
            return None
        return _named(name, "named behind the distance")

    def _event_subject(self, subject: ClaimEnd, reference: ClaimEnd) -> ClaimEnd:
        """Put an attack that the text merely calls so where the nearest attack told of happened."""
        if subject.span is None or not _EVENT_NOUN.search(subject.text):
            return subject
        event = self._nearest_event(subject.span, subject.text)
        if event is None or event.location is None:
            return subject
        if _place_id(event.location) == _place_id(reference.resolution):
            return subject
        called = event.location.toponym.text
        return ClaimEnd(
            subject.text,
            subject.span,
            resolution=event.location,
            event_id=event.id,
            reason=f"{subject.text!r} is taken for where the nearest event told of ({event.sub_type.value}) happened, {called}",
        )

    def _nearest_event(self, span: Span, called: str) -> Event | None:
        first = bisect_left(self._struck_starts, span.start)
        inside = self._struck[first : bisect_right(self._struck_starts, span.end)]
        # What came before is what "the strike" takes up; what follows, only when nothing came before.
        near = self._struck[max(0, first - 4) : first][::-1] + self._struck[first : first + 4]
        if _FROM_THE_AIR.search(called):
            near.sort(key=lambda item: item[2].sub_type is not SubType.AIR_STRIKE)
        return next((event for _, _, event in (*inside, *near)), None)

    # Shared

    def _between(self, low: int, high: int) -> list[Resolution]:
        """Return the usable names that lie in the range, in order."""
        first = bisect_left(self._usable_starts, low)
        last = bisect_left(self._usable_starts, high)
        return [r for r in self.usable[first:last] if r.toponym.span.end <= high]

    def _clause_start(self, low: int, high: int) -> int:
        """Return where the last clause before `high` begins."""
        low = max(low, high - 240)
        start = low
        for match in _CLAUSE_START.finditer(self._text, low, high - 1):
            start = match.end()
        return start


def _named(resolution: Resolution, reason: str) -> ClaimEnd:
    return ClaimEnd(resolution.toponym.text, resolution.toponym.span, resolution=resolution, reason=reason)


def _line(text: str, span: Span, *, is_inward: bool) -> ClaimEnd:
    words = span.of(text)
    line = (territory_named(words) if is_inward else None) or line_named(words) or Line(LineKind.OTHER)
    return ClaimEnd(words, span, line=line, reason="a line, named after the preposition")


def _edge(text: str, span: Span, area: Resolution) -> ClaimEnd:
    """Return the edge of an area that a length leads into: a border, or one that no map here has."""
    is_country = bool(area.candidates) and area.candidates[0].place.kind is PlaceKind.COUNTRY
    if is_country:
        return _line(text, span, is_inward=True)
    return ClaimEnd(
        span.of(text), span, line=Line(LineKind.OTHER, is_inside=True), reason="the edge of the area named"
    )


def _as_named(span: Span, words: str, place: Place, reason: str) -> ClaimEnd:
    """Return an end that the text describes so that only one place can be meant."""
    candidate = Candidate(place, 1.0, reasons=(reason,))
    meant = Resolution(Toponym(span, words), (candidate,), is_settled=True, reason=reason)
    return ClaimEnd(words, span, resolution=meant, reason=reason)


def _place_id(resolution: Resolution | None) -> str | None:
    if resolution is None or not resolution.candidates:
        return None
    return resolution.candidates[0].place.id


def _noun(anaphor: re.Match[str]) -> str:
    return " ".join((anaphor["noun"] or "").lower().split())


def _identity(name: Resolution) -> str:
    """Return what tells two names apart: the place, else the spelling."""
    return _place_id(name) or name.toponym.text.casefold()


def _topic(names: Sequence[Resolution]) -> Resolution | None:
    """Return the last mention of the only place named, or of the one named at least twice as often."""
    counts = Counter(map(_identity, names)).most_common(2)
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(name for name in reversed(names) if _identity(name) == counts[0][0])


def _is_broad(resolution: Resolution) -> bool:
    """Say whether the name is that of an area: "Pisz County" is, although only the town may be known."""
    if not resolution.candidates:
        return False
    place = resolution.candidates[0].place
    return place.kind.is_area or names_an_area(resolution.toponym.text, place)


def _leads_to_head(lead: str) -> bool:
    """Say whether the words before a name leave it the head: "the town of", "a market in"."""
    introduced = _NAMED_BY.search(lead)
    bare = lead[: introduced.start()] if introduced else lead
    bare = _HOLDER.sub("", bare)
    return "," not in bare and _BREAKER.search(bare) is None


def _is_apposition(gap: str) -> bool:
    """Say whether the words between a name and a length still speak of the name."""
    gap = _FOR_WHOM.sub("", _BESIDE.sub(" ", gap))
    if _DETACHING.search(gap):
        return False
    return all(word in _HARMLESS for word in _PARTICIPLE.findall(gap))


def _contained(names: Sequence[Resolution], text: str) -> Resolution:
    """Climb from the last name to the place that it locates: "Ibague, capital of Tolima"."""
    for inner, outer in zip(reversed(names[:-1]), reversed(names), strict=False):
        if not _locates(inner, outer, text):
            break
        if not _is_container(inner, text):
            return inner
    return names[-1]


def _innermost(names: Sequence[Resolution]) -> Resolution:
    """Return the first name of a noun phrase that is no mere region, else the first."""
    return next((n for n in names if not _is_broad(n)), names[0])


def _locates(inner: Resolution, outer: Resolution, text: str) -> bool:
    """Say whether the second name merely says where the first one is."""
    if inner.toponym.qualifier == outer.toponym.span:
        return True
    between = text[inner.toponym.span.end : outer.toponym.span.start]
    if not _is_container(outer, text) or len(between) > 70 or _JOINS.search(between):
        return False
    return _CONTAINED.fullmatch(between) is not None


def _is_container(name: Resolution, text: str) -> bool:
    return _is_broad(name) or _CONTAINER_AFTER.match(text, name.toponym.span.end) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" \t\r\n,;-–—("))
    tail = len(piece.rstrip(" \t\r\n,;-–—("))
    return Span(start + min(lead, tail), start + tail)
