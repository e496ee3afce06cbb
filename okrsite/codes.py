"""The codes of everything that can be structurally wrong with a portal.

The codes of rules stand with the rules (``okrsite.rules``); ``docs/problems.md`` is made from this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from okrsite.frozen import frozen


@frozen
class Code:
    """What a code stands for.

    Attributes:
        code: ``OKR`` and three digits; never used again for anything else.
        title: A few words.
        why: What would go wrong without it.
        mend: What to do.
        example: What a problem of this kind says; empty where none is shown.
    """

    code: str
    title: str
    why: str
    mend: str
    example: str = ""


_ALL = (
    # 1xx: files
    Code(
        "OKR101",
        "not UTF-8",
        "Names and notes would come out garbled.",
        "Save the file as UTF-8; a byte-order mark is fine.",
        "the file is not UTF-8 from here on",
    ),
    Code(
        "OKR102",
        "forbidden character",
        "Control characters break feeds and spreadsheets; bidirectional overrides make text read as something else.",
        "Delete the character; it is often pasted along unseen.",
        "the character U+202E (right-to-left override) may not be used",
    ),
    Code(
        "OKR103",
        "file too large",
        "Memory and time of a build stay bounded.",
        "Split the file: one check-in meeting a file, measurements in a CSV file.",
        "the file is larger than 20 MB",
    ),
    Code(
        "OKR104",
        "not YAML",
        "The file cannot be read.",
        "Mend the syntax at the place named; text with ': ', '#', '%' or '@' at its start needs quotes.",
        "not valid YAML: a second ': ' in one line",
    ),
    Code(
        "OKR105",
        "nested too deep",
        "Nothing in the format nests this deep.",
        "Flatten the value.",
        "nested deeper than 20 levels",
    ),
    Code(
        "OKR106",
        "duplicate key",
        "One of the two values would be lost silently.",
        "Keep one of them.",
        "duplicate key 'name'",
    ),
    Code(
        "OKR107",
        "anchor, alias or merge key",
        "They hide where a value comes from, and a few lines of them can fill a machine's memory.",
        "Write the value out.",
        "anchor '&all'",
    ),
    Code(
        "OKR108",
        "YAML tag",
        "Content is data; tags ask for program objects.",
        "Delete the tag, or quote text that begins with !.",
        "tag '!!python/object/apply:os.getcwd'",
    ),
    Code(
        "OKR109",
        "no document, or several",
        "A file that says nothing is more likely a mistake than a wish; of two documents, one would be ignored.",
        "Fill it in or delete it; a file holds exactly one YAML document.",
        "a second YAML document",
    ),
    Code(
        "OKR110",
        "file or folder that does not belong here",
        "A misspelt file name would be ignored silently, and a file that cannot be read is as good as missing.",
        "Rename it, move it out of the goals' folder, or let it be read.",
        "the file 'readme.md' does not belong here",
    ),
    Code(
        "OKR111",
        "file or folder name is no id",
        "Names become addresses on the site and have to work on every system.",
        "Use lower-case letters, digits and hyphens; check-in files are called by their date, e.g. 2026-02-13.yml.",
        "'Team Platform' cannot be an id",
    ),
    Code(
        "OKR112",
        "symbolic link",
        "It could publish a file from outside the portal.",
        "Put the file itself there.",
        "a symbolic link",
    ),
    Code(
        "OKR113",
        "unit without unit.yml",
        "A folder below the goals' folder is a unit.",
        "Add its unit.yml.",
        "the unit 'acme/it' has no unit.yml",
    ),
    Code(
        "OKR114",
        "Markdown without front matter",
        "The objective's owner and key results stand there.",
        "Begin the file with a line ---, the mapping, and a line ---.",
        "the file has no front matter",
    ),
    Code(
        "OKR115",
        "CSV row that cannot be read",
        "A measurement would be lost.",
        "Give the columns date,value or date,value,note and a value in each row.",
        "'90,5' is not a number",
    ),
    Code(
        "OKR116",
        "no goals",
        "There is nothing to build.",
        "Run `okrsite init`, or set the option `source`.",
        "there is no unit",
    ),
    # 2xx: values
    Code(
        "OKR201",
        "wrong type",
        "The value cannot mean what its key says.",
        "Give the type that is named.",
        "target: '99.9%' is not a number",
    ),
    Code(
        "OKR202",
        "unknown key",
        "A misspelt key would be ignored silently.",
        "Correct or delete the key.",
        "unknown key 'titel'",
    ),
    Code(
        "OKR203",
        "missing key or item",
        "The goal cannot be shown or scored without it.",
        "Add what is named.",
        "missing key 'owner'",
    ),
    Code(
        "OKR204",
        "not a number that can be used",
        "NaN, infinity and numbers beyond all measure spoil every sum they enter.",
        "Give a finite number.",
        ".nan is not a finite number",
    ),
    Code(
        "OKR205",
        "not a date",
        "Dates order everything here.",
        "Write a day that exists as YYYY-MM-DD.",
        "start: '1.1.2026' is not a date",
    ),
    Code(
        "OKR206",
        "not one of the words",
        "The key takes one of a few words.",
        "Use one of them.",
        "type: 'commited' is not one of committed, aspirational",
    ),
    Code(
        "OKR207",
        "empty or too long",
        "A value that was left out is more likely forgotten than meant; an endless one cannot be shown.",
        "Fill it in, delete the key, or shorten the text.",
        "'name' is empty",
    ),
    Code(
        "OKR208",
        "id outside the pattern",
        "Ids become addresses on the site and have to work on every system.",
        "Use lower-case letters, digits and hyphens, 64 at most, a letter or digit first.",
        "id: 'Improve Reliability' cannot be an id",
    ),
    Code(
        "OKR209",
        "baseline equals target",
        "There is no way to go, so progress cannot be computed.",
        "Correct one of them, or use the kind at_least or at_most to hold a level.",
        "baseline and target are both 99.9",
    ),
    Code(
        "OKR210",
        "target on the wrong side",
        "An increase that ends below its baseline would count backwards; an amber limit beyond the target never shows.",
        "Swap the kind or correct the number.",
        "kind decrease, but the target 99.9 is above the baseline 99.2",
    ),
    Code(
        "OKR211",
        "all weights are zero",
        "A mean over nothing has no value.",
        "Give at least one key result or milestone a weight above 0.",
        "all weights of the key results are 0",
    ),
    Code(
        "OKR212",
        "range upside down",
        "Nothing lies between a high low end and a low high end.",
        "Swap the ends.",
        "target: the range [70, 40] is upside down",
    ),
    Code(
        "OKR213",
        "dates upside down",
        "A window cannot end before it begins.",
        "Correct one of the dates.",
        "the cycle 'sprint-1' ends on 2026-01-04, before it starts on 2026-01-05",
    ),
    Code(
        "OKR214",
        "number out of its range",
        "The scale ends there.",
        "Give a number within the range.",
        "at_least: 80 is more than 100%",
    ),
    Code(
        "OKR215",
        "weeks that do not exist",
        "A month of the plan has the weeks 1 to 4.",
        "Write 1 or 1-2, up to 4.",
        "weeks: '1-5' does not name weeks of a month of the plan, which has four",
    ),
    Code(
        "OKR216",
        "value where none can be",
        "Milestones, roll-ups and key results with a KPI get their value from there.",
        "Leave the value out; a confidence or a note alone is fine.",
        "a key result of kind milestones cannot take its value from a KPI",
    ),
    Code(
        "OKR217",
        "reading of the wrong type",
        "Kind done is read as true or false, every other kind as a number.",
        "Give the reading that the kind takes.",
        "kind increase is read as a number, not true",
    ),
    Code(
        "OKR218",
        "Markdown too tangled",
        "Thousands of brackets or tags that never end, or quotes in quotes without end, would take a build minutes.",
        "Part the text with empty lines, close what is open, or put it between lines of ``` as code.",
        "quotes or lists nested deeper than 20 levels",
    ),
    # 3xx: how things hang together
    Code(
        "OKR301",
        "duplicate id",
        "Two goals would share one page, on some systems also if only capitals tell them apart.",
        "Rename one of them.",
        "a second objective 'reliability' in this unit and cycle",
    ),
    Code(
        "OKR302",
        "unknown reference",
        "The link would lead nowhere.",
        "Correct the id, or add what it names.",
        "there is no KPI 'revenu'",
    ),
    Code(
        "OKR303",
        "ambiguous reference",
        "It could mean either, and figures depend on which.",
        "Write the full id, or name the cycle.",
        "'reliability/uptime' could mean acme/2026-H1/reliability/uptime or acme/2026-Q1/reliability/uptime",
    ),
    Code(
        "OKR304",
        "loop",
        "Goals that support each other in a ring can never be computed.",
        "Take one link out.",
        "these support each other in a ring: acme/2026-Q1/reliability -> acme/it/2026-Q1/security -> "
        "acme/2026-Q1/reliability",
    ),
    Code(
        "OKR305",
        "two things at one address",
        "One of the pages would be lost.",
        "Rename one of them.",
        "this page and a goal would share the address acme/",
    ),
    Code(
        "OKR306",
        "two readings on one date",
        "Which one counts would depend on chance.",
        "Keep one; check-ins are one a day.",
        "a second check-in of this key result on 2026-02-13",
    ),
    Code(
        "OKR307",
        "unknown cycle",
        "Its dates are not known, so nothing in it can be computed.",
        "Use 2026, 2026-H1, 2026-Q1 or 2026-01, or give its dates in cycles.yml.",
        "unknown cycle '2026-Q5'",
    ),
    Code(
        "OKR308",
        "unknown level",
        "The unit would be on no level page.",
        "Use one of the portal's levels, or declare it in mkdocs.yml.",
        "unknown level 'departement'",
    ),
    Code(
        "OKR309",
        "check-in outside the unit's cycles",
        "A short reference is looked up in the cycles that hold the date.",
        "Name the cycle in the file, or write the full id.",
        "'reliability/uptime' is a key result of 2026-Q1, which does not hold 2026-04-02",
    ),
    Code(
        "OKR310",
        "reserved name",
        "okrsite has a page of its own at that address.",
        "Rename the unit, cycle or page.",
        "no unit may be called 'levels'",
    ),
    Code(
        "OKR311",
        "continues what is not earlier",
        "A chain of cycles leads from earlier to later; otherwise it could come back to itself.",
        "Name the objective of an earlier cycle, or delete the key.",
        "'acme/2026-Q2/trust' cannot be continued here: 2026-Q2 does not begin before 2026-Q1",
    ),
    # 4xx: the portal around the goals
    Code(
        "OKR401",
        "option that cannot be used",
        "The portal would not be what you meant.",
        "Correct mkdocs.yml.",
        "level: there is no such option",
    ),
    Code(
        "OKR402",
        "broken okr: link",
        "Readers would land nowhere.",
        "Use the full id of a unit, objective, key result or KPI.",
        "there is no goal 'acme/2026-Q1/reliability/up-time' to link to",
    ),
    Code(
        "OKR403",
        "no such template",
        "MkDocs would fail in the middle of the build, with the old site gone.",
        "Name a template of the theme, or leave `template` out.",
        "there is no template 'landing.html' for a written page",
    ),
    Code(
        "OKR404",
        "goal that cannot be shown",
        "Readers would see the braces instead of the goal.",
        "Write one full id between quotes; put it into backticks where it shall stand as it is.",
        "there is no goal 'acme/2026-Q1/reliabilty' to show",
    ),
)

CODES: Mapping[str, Code] = MappingProxyType({code.code: code for code in _ALL})
"""Every structural code, in order."""
