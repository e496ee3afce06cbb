"""The codes of everything that can be structurally wrong with a portal.

The codes of rules stand with the rules (``okrsite.rules``); ``docs/problems.md`` is made from this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for.

    Attributes:
        code: ``OKR`` and three digits; never used again for anything else.
        title: A few words.
        why: What would go wrong without it.
        mend: What to do.
    """

    code: str
    title: str
    why: str
    mend: str


_ALL = (
    # 1xx: files
    Code(
        "OKR101",
        "not UTF-8",
        "Names and notes would come out garbled.",
        "Save the file as UTF-8; a byte-order mark is fine.",
    ),
    Code(
        "OKR102",
        "forbidden character",
        "Control characters break feeds and spreadsheets; bidirectional overrides make text read as something else.",
        "Delete the character; it is often pasted along unseen.",
    ),
    Code(
        "OKR103",
        "file too large",
        "Memory and time of a build stay bounded.",
        "Split the file: one check-in meeting a file, measurements in a CSV file.",
    ),
    Code(
        "OKR104",
        "not YAML",
        "The file cannot be read.",
        "Mend the syntax at the place named; text with ': ', '#', '%' or '@' at its start needs quotes.",
    ),
    Code("OKR105", "nested too deep", "Nothing in the format nests this deep.", "Flatten the value."),
    Code(
        "OKR106",
        "duplicate key",
        "One of the two values would be lost silently.",
        "Keep one of them.",
    ),
    Code(
        "OKR107",
        "anchor, alias or merge key",
        "They hide where a value comes from, and a few lines of them can fill a machine's memory.",
        "Write the value out.",
    ),
    Code("OKR108", "YAML tag", "Content is data; tags ask for program objects.", "Delete the tag."),
    Code(
        "OKR109",
        "empty file",
        "A file that says nothing is more likely a mistake than a wish.",
        "Fill it or delete it; a file holds exactly one YAML document.",
    ),
    Code(
        "OKR110",
        "file or folder that does not belong here",
        "A misspelt file name would be ignored silently.",
        "Rename it, or move it out of the goals' folder.",
    ),
    Code(
        "OKR111",
        "file or folder name is no id",
        "Names become addresses on the site and have to work on every system.",
        "Use lower-case letters, digits and hyphens.",
    ),
    Code(
        "OKR112",
        "symbolic link",
        "It could publish a file from outside the portal.",
        "Put the file itself there.",
    ),
    Code("OKR113", "unit without unit.yml", "A folder below the goals' folder is a unit.", "Add its unit.yml."),
    Code(
        "OKR114",
        "Markdown without front matter",
        "The objective's owner and key results stand there.",
        "Begin the file with a line ---, the mapping, and a line ---.",
    ),
    Code(
        "OKR115",
        "CSV row that cannot be read",
        "A measurement would be lost.",
        "Give the columns date,value or date,value,note and a value in each row.",
    ),
    Code("OKR116", "no goals", "There is nothing to build.", "Run `okrsite init`, or set the option `source`."),
    # 2xx: values
    Code("OKR201", "wrong type", "The value cannot mean what its key says.", "Give the type that is named."),
    Code("OKR202", "unknown key", "A misspelt key would be ignored silently.", "Correct or delete the key."),
    Code("OKR203", "missing key", "The goal cannot be shown or scored without it.", "Add the key."),
    Code(
        "OKR204",
        "not a number that can be used",
        "NaN, infinity and numbers beyond all measure spoil every sum they enter.",
        "Give a finite number.",
    ),
    Code("OKR205", "not a date", "Dates order everything here.", "Write a day that exists as YYYY-MM-DD."),
    Code("OKR206", "not one of the words", "The key takes one of a few words.", "Use one of them."),
    Code("OKR207", "empty or too long", "Names are shown; empty or endless ones cannot be.", "Shorten or fill it."),
    Code(
        "OKR208",
        "id outside the pattern",
        "Ids become addresses on the site and have to work on every system.",
        "Use lower-case letters, digits and hyphens, 64 at most, a letter or digit first.",
    ),
    Code(
        "OKR209",
        "baseline equals target",
        "There is no way to go, so progress cannot be computed.",
        "Correct one of them, or use the kind at_least or at_most to hold a level.",
    ),
    Code(
        "OKR210",
        "target on the wrong side",
        "An increase that ends below its baseline would count backwards.",
        "Swap the kind or correct the target.",
    ),
    Code(
        "OKR211",
        "all weights are zero",
        "A mean over nothing has no value.",
        "Give at least one key result or milestone a weight above 0.",
    ),
    Code("OKR212", "range upside down", "Nothing lies between a high low end and a low high end.", "Swap the ends."),
    Code("OKR213", "dates upside down", "A window cannot end before it begins.", "Correct one of the dates."),
    Code("OKR214", "number out of its range", "The scale ends there.", "Give a number within the range."),
    Code("OKR215", "weeks that do not exist", "A month of the plan has the weeks 1 to 4.", "Write 1 or 1-2, up to 4."),
    Code(
        "OKR216",
        "value where none can be",
        "Milestones, roll-ups and key results with a KPI get their value from there.",
        "Leave the value out; a confidence or a note alone is fine.",
    ),
    Code(
        "OKR217",
        "reading of the wrong type",
        "Kind done is read as true or false, every other kind as a number.",
        "Give the reading that the kind takes.",
    ),
    # 3xx: how things hang together
    Code("OKR301", "duplicate id", "Two goals would share one page.", "Rename one of them."),
    Code("OKR302", "unknown reference", "The link would lead nowhere.", "Correct the id, or add what it names."),
    Code(
        "OKR303",
        "ambiguous reference",
        "It could mean either, and figures depend on which.",
        "Write the full id, or name the cycle.",
    ),
    Code("OKR304", "loop", "Goals that support each other in a ring can never be computed.", "Take one link out."),
    Code("OKR305", "two things at one address", "One of the pages would be lost.", "Rename one of them."),
    Code(
        "OKR306",
        "two readings on one date",
        "Which one counts would depend on chance.",
        "Keep one; check-ins are one a day.",
    ),
    Code(
        "OKR307",
        "unknown cycle",
        "Its dates are not known, so nothing in it can be computed.",
        "Use 2026, 2026-H1, 2026-Q1 or 2026-01, or give its dates in cycles.yml.",
    ),
    Code(
        "OKR308",
        "unknown level",
        "The unit would be on no level page.",
        "Use one of the portal's levels, or declare it in mkdocs.yml.",
    ),
    Code(
        "OKR309",
        "check-in outside the unit's cycles",
        "A short reference is looked up in the cycles that hold the date.",
        "Name the cycle in the file, or write the full id.",
    ),
    Code("OKR310", "reserved name", "okrsite has a page of its own at that address.", "Rename the unit or page."),
    # 4xx: the portal around the goals
    Code("OKR401", "option that cannot be used", "The portal would not be what you meant.", "Correct mkdocs.yml."),
    Code(
        "OKR402",
        "broken okr: link",
        "Readers would land nowhere.",
        "Use the full id of a unit, objective, key result or KPI.",
    ),
)

CODES: Mapping[str, Code] = MappingProxyType({code.code: code for code in _ALL})
"""Every structural code, in order."""
