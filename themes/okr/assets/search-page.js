// The page of the search: all results, filters with counts, and its state in the address.
"use strict";
(async () => {
  const { okr } = window;
  const { _ } = okr;
  const MORE = 50;
  const FIELDS = ["kind", "level", "unit", "cycle", "status", "owner"];
  const form = document.querySelector("form.search.large");
  const input = form.querySelector("input");
  const output = document.querySelector(".results");
  const told = document.querySelector(".results-told");
  const browse = document.querySelector(".browse");
  const selects = Object.fromEntries(FIELDS.map((field) => [field, form.elements.namedItem(field)]));

  await Promise.all([okr.load("search"), okr.load("finder")]);
  const finder = await okr.finder();
  const { row, summary, element } = okr.search;
  const { data } = finder;

  // Each filter's values: [what stands in the address, what is compared, what readers see].
  const byTitle = (entries) => {
    const order = new Intl.Collator(okr.locale).compare;
    return [...entries].sort((a, b) => order(a.title, b.title));
  };
  const numbered = (pairs) => pairs.map(([id, word], at) => [id, at, word]);
  const values = {
    kind: Object.entries(data.kinds).map(([id, word]) => [id, id, word]),
    level: numbered(data.levels),
    unit: [],
    cycle: numbered(data.cycles),
    status: numbered(data.statuses),
    owner: [],
  };
  const compared = (field) => values[field].find(([id]) => id === selects[field].value)?.[1];
  const isShort = (field) => field !== "unit" && field !== "owner";
  const offer = (field) => selects[field].append(...values[field].map(([id, , word]) => new Option(word, id)));
  FIELDS.filter(isShort).forEach(offer);
  // There may be thousands of these: the first results do not wait for them, unless they are in the address.
  let offered = false;
  const offerAll = () => {
    if (offered) return;
    offered = true;
    values.unit = byTitle(finder.every("unit")).map(({ id, title, unit }) => [id, unit, title]);
    values.owner = byTitle(finder.every("owner")).map(({ id, title, owner }) => [id.replace("owners/", ""), owner, title]);
    offer("unit");
    offer("owner");
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    if (asked.get("unit") || asked.get("owner")) offerAll();
    for (const field of FIELDS) {
      selects[field].value = asked.get(field) ?? "";
      if (selects[field].selectedIndex < 0) selects[field].value = "";
    }
  };
  const state = () => {
    const asked = new URLSearchParams();
    if (input.value.trim()) asked.set("q", input.value.trim());
    for (const field of FIELDS) if (selects[field].value) asked.set(field, selects[field].value);
    return asked.toString();
  };

  let shown = MORE;
  const draw = () => {
    const filters = Object.fromEntries(FIELDS.map((field) => [field, compared(field)]));
    const filtered = FIELDS.some((field) => selects[field].value);
    const asked = input.value.trim() !== "" || filtered;
    browse.hidden = asked;
    const result = finder.find(input.value, filters, shown);
    FIELDS.filter(isShort).forEach((field) => {
      for (const option of selects[field].options) {
        const value = values[field].find(([id]) => id === option.value);
        if (!value) continue;
        const n = result.counts[field].get(value[1]) ?? 0;
        option.text = asked ? `${value[2]} (${okr.number(n)})` : value[2];
        option.disabled = asked && !n && !option.selected;
      }
    });
    output.replaceChildren();
    told.textContent = asked ? summary(result, input.value.trim()) : "";
    if (asked && !result.total && filtered) told.textContent = _("Nothing found; fewer filters may find more.");
    form.querySelector("[type=reset]").disabled = !filtered;
    if (!asked) return;
    for (const entry of result.found) output.append(element("li", "", row(finder, entry, result.marks)));
    if (result.total > shown) {
      const more = element("button", "more", _("Show more"));
      more.type = "button";
      more.addEventListener("click", () => {
        const next = shown;
        shown += 4 * MORE;
        draw();
        output.children[next]?.querySelector("a").focus();
      });
      output.append(element("li", "", more));
    }
  };
  const changed = () => {
    shown = MORE;
    const query = state();
    try {
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
    } catch {
      // Some browsers have no history for pages that are opened from a folder.
    }
    draw();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    output.querySelector("a")?.focus();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of FIELDS) selects[field].value = "";
    changed();
  });
  form.addEventListener("input", changed);
  // From the box to the results and back by arrows, as in the box of other pages.
  document.addEventListener("keydown", (event) => {
    const links = [...output.querySelectorAll("a, button")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === input) && links[at + 1]) {
      event.preventDefault();
      links[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? input).focus();
    }
  });
  window.addEventListener("popstate", () => {
    read();
    draw();
  });

  // What was typed while the index was on its way stays.
  const typed = input.value;
  read();
  if (typed && !input.value) input.value = typed;
  draw();
  requestAnimationFrame(() => setTimeout(offerAll));
})();
