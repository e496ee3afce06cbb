// The page of changes: one bar that narrows all of it to a unit, a level, a kind of change.
"use strict";
(() => {
  const { okr } = window;
  const { _ } = okr;
  const MOST_VALUES = 300; // of units; with more the search box is quicker than a list
  const page = document.querySelector("[data-okr-script='changes']");
  const papers = [...page.querySelectorAll("[data-okr-unit]")];
  const compare = new Intl.Collator(okr.locale, { numeric: true }).compare;

  const choice = (name, values) => {
    if (values.length < 2 || values.length > MOST_VALUES) return null;
    const select = document.createElement("select");
    select.setAttribute("aria-label", name);
    select.append(new Option(_("%(column)s: all", { column: name }), ""));
    for (const [value, text] of values) select.append(new Option(text, value));
    return select;
  };
  const named = (names) => [...new Set(names.filter(Boolean))].map((name) => [name, name]);
  const parts = (paper) => [...paper.querySelectorAll("[data-okr-kind]")];
  const kinds = new Map(papers.flatMap(parts).map((part) => [part.dataset.okrKind, part.querySelector("h4").textContent]));
  const unit = choice(_("Unit"), named(papers.map(({ dataset }) => dataset.okrUnit).sort(compare)));
  const level = choice(_("Level"), named(papers.map(({ dataset }) => dataset.okrLevel)));
  const kind = choice(_("Kind of change"), [...kinds]);
  const shown = [unit, level, kind].filter(Boolean);
  if (!shown.length) return;

  const bar = document.createElement("div");
  bar.className = "table-tools for-changes";
  const inside = document.createElement("div");
  inside.className = "inside";
  const selects = document.createElement("div");
  selects.className = "selects";
  const count = document.createElement("output");
  count.className = "note";
  selects.append(...shown);
  inside.append(selects, count);
  bar.append(inside);
  page.prepend(bar);

  const fits = (select, value) => !select?.value || select.value === value;
  const narrow = () => {
    let some = 0;
    for (const paper of papers) {
      let left = 0;
      for (const part of parts(paper)) {
        part.hidden = !fits(kind, part.dataset.okrKind);
        left += !part.hidden;
      }
      paper.hidden = !left || !fits(unit, paper.dataset.okrUnit) || !fits(level, paper.dataset.okrLevel);
      some += !paper.hidden;
    }
    const all = okr.number(papers.length);
    count.textContent = some < papers.length ? _("%(shown)s of %(all)s", { shown: okr.number(some), all }) : "";
  };
  bar.addEventListener("input", narrow);

  // A unit's page leads here with its name.
  const asked = new URLSearchParams(location.search).get("unit");
  if (asked && unit && [...unit.options].some(({ value }) => value === asked)) {
    unit.value = asked;
    narrow();
  }
})();
