"""The words that rules on wording know, in English and German."""

from __future__ import annotations


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLACEHOLDERS = (
    *("to be decided", "to be defined", "to be determined", "to be confirmed", "to be announced", "no one"),
    *_listed("tbd t.b.d. tba tbc todo n/a n.a. none nobody open unassigned unknown vacant xxx"),
    *("n.n.", "niemand", "offen", "noch offen", "unbekannt"),
)
"""Owners that are none."""

TEAM_NAMES = (
    *_listed("""
        academy accounting affairs agency analytics assurance audit board bureau center centre chapter committee
        communication communications compliance controlling council culture customer data department design
        development division engineering environment finance governance group guild health infrastructure innovation
        learning legal logistics marketing office operations people planning procurement product quality research risk
        safety sales security services squad strategy support tax team tribe unit
    """),
    *("r & d",),
    *_listed("abteilung amt bereich büro einkauf entwicklung finanzen forschung gruppe recht referat stab vertrieb"),
)
"""Words, or whole names, that mark the name of a team."""

NUMBER_NAMES = _listed("""
    24/7 24/7/365 24x7 80/20 9-to-5 1:1 2d 3d 4g 5g 6g 4k 8k 2fa 360°
    agenda article artikel chapter class day generation horizon industrie industry level no nr number nummer office
    phase plan release stage step strategy stufe tag tier version vision wave web year
""")
"""Numbers that are names, and words whose number is part of a name."""

FIRST_WORDS = _listed("""
    amplify analyse analyze assist attend build celebrate choose choosing collaborate communicate compile
    conduct consult contribute coordinate create define deploy design develop discuss document draft establish
    evaluate explore facilitate finish help helping highlight hire hiring hold holding host identify implement
    introduce investigate launch launching merge merging migrate migrating organise organising organize
    organizing participate participating plan prepare present promote publish release research review roll run
    schedule ship study support supporting work write
    durchführung einführung erarbeitung erstellung vorbereitung
""")
"""Words that make an activity at the head of a title."""

LAST_WORDS = _listed("""
    abhalten analysieren begleiten beitragen beraten durchführen einführen entwickeln erarbeiten erstellen evaluieren
    helfen koordinieren mitarbeiten mitwirken organisieren planen prüfen teilnehmen umsetzen unterstützen untersuchen
    veranstalten veröffentlichen vorbereiten
""")
"""German infinitives that make an activity at the head or at the end of a title."""

NUMBER_WORDS = _listed("""
    zero one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million no none all each
    every half halve halved third double doubled twice triple tripled
    null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend hundert tausend kein keine keinen alle allen
    aller jede jeder jedes hälfte halb halbe halbieren halbiert drittel doppelt verdoppeln verdoppelt verdreifachen
    verdreifacht
""")
"""Words that count as a number."""

UNITS = frozenset(_listed("x k m mio mrd bn b t ms s sec min h hr hrs d pp pt pts +"))
"""What may stand right after a number that measures, in one word with it."""

MEASURES_AFTER = frozenset(
    _listed("""
        % percent prozent per points point punkte punkt times mal fold thousand tausend million millions millionen mio
        billion billions milliarden mrd bn euro euros dollar dollars € $ £
    """)
)
"""What stands as the next word after a number that measures."""

MEASURES_BEFORE = frozenset(
    _listed("nps arr mrr csat nrr grr wau mau dau sla slo roi ebit eur usd gbp chf score umsatz")
)
"""Words whose number is a value, not part of their name."""

SMALL_WORDS = frozenset(
    _listed("""
        a an and another at by for from in into least most of on or over than the their these to under up until win with
        within als auf aus bei bis für im mit nach ohne seit über um und unter von vor weniger mehr zu
    """)
)
"""Words that may have a capital in a title and still do not name what the number after them belongs to."""

BEFORE_A_YEAR = frozenset(_listed("in by until till for during since end of bis ende im jahr seit für"))
"""Words after which four digits are a year."""

LEAD_INS = frozenset(_listed("to we will successfully continue start begin actively jointly regularly wir"))
"""What may stand before the word that leads a title."""

NOUNS_AFTER = frozenset(
    _listed("""
        backlog budget call calls capacity case cases channel contract contracts cost costs coverage date dates desk
        hours level levels load quality quota rate rates readiness request requests satisfaction score scores ticket
        tickets time times volume
    """)
)
"""Words that make a noun of the word before: support tickets, launch date."""

DEGREES = frozenset(_listed("phd ph.d dr prof md mba ma ba msc m.sc bsc b.sc dipl.-ing cpa esq jr sr ii iii"))
"""What may stand after a name and a comma."""

ROLES = frozenset(_listed("head chief director lead leader manager vp president officer leiter leiterin leitung"))
"""What a role after a name and a comma begins with."""
