"""How titles and names are read."""

import pytest

from okrsite.rules.vocabulary import (
    FIRST_WORDS,
    LAST_WORDS,
    NUMBER_NAMES,
    NUMBER_WORDS,
    PLACEHOLDERS,
    TEAM_NAMES,
)
from okrsite.rules.wording import activity_word, carries_number, is_placeholder, number_that_measures, owners_in

KNOWN = frozenset({"mhz", "platform", "service desk"})


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Reach 99.9% uptime", "99.9%"),
        ("Cut costs by 20 percent", "20"),
        ("Kosten um 20 Prozent senken", "20"),
        ("Answer incidents in 30 minutes", "30"),
        ("Answer incidents in 30min", "30min"),
        ("Earn $5m from new products", "$5m"),
        ("Grow revenue 2x", "2x"),
        ("Win 20 customers", "20"),
        ("Grow To 20 Customers", "20"),
        ("Raise NPS 40", "40"),
        ("Be loved by 1,000,000 people", "1,000,000"),
        ("Get to ≥95% coverage", "≥95%"),
        ("Reach ISO 27001 at 90%", "90%"),
        ("Cut the waiting time (10 days)", "10"),
    ],
)
def test_numbers_that_measure(title, number):
    """A target in a title is found, as it stands there."""
    assert number_that_measures(title, frozenset(NUMBER_NAMES)) == number


@pytest.mark.parametrize(
    "title",
    [
        "Customers get help 24/7",
        "Be certified to ISO 27001",
        "A calm Q1 for everyone",
        "Ready for 2026",
        "Ready for 2026/27",
        "The 2025-2026 season surprises",
        "Ship v2 with joy",
        "Everyone works on Windows 11",
        "Services run on Python 3.13",
        "Be the 1st choice",
        "Be the #1 choice",
        "Be number 1 in the region",
        "Finish phase 2 in good order",
        "Our B2B customers trust us",
        "K8s is home",
        "CO2 falls",
        "Live after COVID-19",
        "A 3-year perspective for everybody",
        "A 5G network for all",
        "Office 365 helps people",
        "1. Improve reliability",
        "Trusted systems",
        "",
    ],
)
def test_numbers_that_are_names(title):
    """A number that is part of a name is no target."""
    assert number_that_measures(title, frozenset(NUMBER_NAMES)) is None


@pytest.mark.parametrize(
    "title",
    [
        "Achieve 99.9% system uptime",
        "NPS≥40",
        "Reach 2000 users",
        "Half of routine tasks run by themselves",
        "All IT staff trained each quarter",
        "No incident waits",
        "Die Hälfte der Aufgaben läuft von selbst",
        "解約率を5%に",
        "Cost below €5",
    ],
)
def test_titles_with_a_number(title):
    """Digits and words both count."""
    assert carries_number(title, frozenset(NUMBER_WORDS))


@pytest.mark.parametrize(
    "title", ["Better uptime", "Better uptime in Q1", "Version v2.5 is loved", "Calm by 2026", "Open 24/7", ""]
)
def test_titles_without_a_number(title):
    """A quarter, a version or a year says nothing about the target."""
    assert not carries_number(title, frozenset(NUMBER_WORDS))


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Launch the portal", "Launch"),
        ("To help 20 teams", "help"),
        ("We will successfully organise 3 workshops", "organise"),
        ("Participate in 4 fairs", "Participate"),
        ("Hold at least 4 workshops", "Hold"),
        ("Hold 3 workshops", "Hold"),
        ("Support 5 teams", "Support"),
        ("Durchführung von 4 Schulungen", "Durchführung"),
        ("Vier Schulungen durchführen.", "durchführen"),
        ("Unterstützen der Fachbereiche", "Unterstützen"),
    ],
)
def test_activities(title, word):
    """What leads a title, and in German what ends it, makes an activity."""
    assert activity_word(title, frozenset(FIRST_WORDS), frozenset(LAST_WORDS)) == word


@pytest.mark.parametrize(
    "title",
    [
        "Uptime from 99.2% to 99.9%",
        "Support tickets answered within 4 hours",
        "Support satisfaction at 90%",
        "Help desk calls fall from 300 to 200",
        "Hold churn under 3%",
        "Run costs fall by 10%",
        "95% are happy with our support",
        "Deliver 95% of orders on time",
        "95 % der Anfragen in einem Tag gelöst",
        "We",
        "",
    ],
)
def test_outcomes(title):
    """A noun that looks like such a word, or one further on, makes none."""
    assert activity_word(title, frozenset(FIRST_WORDS), frozenset(LAST_WORDS)) is None


@pytest.mark.parametrize("owner", ["", " ", "TBD", "tbd.", "(TBD)", "T.B.D.", "n/a", "N.N.", "?", "???", "-", "Nobody"])
def test_placeholders(owner):
    """Blank, signs alone, and words for nobody."""
    assert is_placeholder(owner, frozenset(PLACEHOLDERS))


@pytest.mark.parametrize("owner", ["Ada Chief", "Nona", "X", "李", "Open Data Office"])
def test_people(owner):
    """A name is a name, however short."""
    assert not is_placeholder(owner, frozenset(PLACEHOLDERS))


@pytest.mark.parametrize(
    ("owner", "owners"),
    [
        ("Ada Chief and Grace Hopper", ("Ada Chief", "Grace Hopper")),
        ("Ada und Grace", ("Ada", "Grace")),
        ("Ada Chief & Grace Hopper", ("Ada Chief", "Grace Hopper")),
        ("Ada Chief / Grace Hopper", ("Ada Chief", "Grace Hopper")),
        ("Ada/Grace", ("Ada", "Grace")),
        ("Ada; Grace", ("Ada", "Grace")),
        ("Ada Chief, Grace Hopper", ("Ada Chief", "Grace Hopper")),
        ("Ada, Grace and Linus", ("Ada", "Grace", "Linus")),
        ("Ada, Grace, Linus", ("Ada", "Grace", "Linus")),
        ("Mhz, pkafei", ("Mhz", "pkafei")),
        ("ada@example.com, grace@example.com", ("ada@example.com", "grace@example.com")),
        ("HR and IT", ("HR", "IT")),
        ("Platform and Service Desk", ("Platform", "Service Desk")),
    ],
)
def test_several_owners(owner, owners):
    """What joins two names makes two owners."""
    assert owners_in(owner, KNOWN, frozenset(TEAM_NAMES)) == owners


@pytest.mark.parametrize(
    "owner",
    [
        "Grace Hopper",
        "Hopper, Grace",
        "van Rossum, Guido",
        "Grace Hopper, PhD",
        "Grace Hopper, IT",
        "Grace Hopper, Head of Technology",
        "Alexander Anderson",
        "Trinidad and Tobago Office",
        "Research and Development",
        "Sales & Marketing",
        "R & D",
        "R&D",
        "CI/CD",
        "@acme/platform",
        "ada+okr@example.com",
        "",
    ],
)
def test_one_owner(owner):
    """Teams, surnames with a first name, degrees and addresses are one owner."""
    assert len(owners_in(owner, KNOWN, frozenset(TEAM_NAMES))) == 1
