// The page of all versions: what the list beside the snapshots says of each, and the portal's figures through them.
"use strict";
(async () => {
  const { okr } = window;
  const { _, ngettext, number, day, versions } = okr;
  const page = document.querySelector("[data-okr-script='versions-page']");
  const MOST = 20; // of a cycle, until the rest is asked for
  const LONG = 12; // from here on there are filters
  const STATUSES = ["achieved", "on_track", "at_risk", "off_track", "no_data", "not_started"];
  const list = await versions.list;
  if (list) await okr.load("version-switch");
  const { all = [], newest, shown, address } = versions.known ?? {};

  const element = (name, className = "", ...inside) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };
  const drawn = (name, attributes, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const percent = (share) => new Intl.NumberFormat(okr.locale, { style: "percent" }).format(share);
  const words = {
    achieved: _("achieved"),
    on_track: _("on track"),
    at_risk: _("at risk"),
    off_track: _("off track"),
    no_data: _("no data"),
    not_started: _("not started"),
  };
  const known = (status) => STATUSES.includes(status);

  if (!all.length) {
    page.classList.add("is-empty");
    if (versions.id)
      page.querySelector(".unpublished").replaceChildren(
        element("p", "lead", _("This is a copy of the version of %(day)s. It knows of no other.", { day: day(versions.id.slice(0, 10)) })),
      );
    return;
  }

  // What happened between a version and the one before it, in words; kinds that only later versions know are left out.
  const KINDS = {
    units_added: (n) => ngettext("%(num)s new unit", "%(num)s new units", n),
    units_changed: (n) => ngettext("%(num)s unit changed", "%(num)s units changed", n),
    units_removed: (n) => ngettext("%(num)s unit gone", "%(num)s units gone", n),
    cycles_added: (n) => ngettext("%(num)s new cycle", "%(num)s new cycles", n),
    objectives_added: (n) => ngettext("%(num)s new objective", "%(num)s new objectives", n),
    objectives_moved: (n) => ngettext("%(num)s objective moved", "%(num)s objectives moved", n),
    objectives_closed: (n) => ngettext("%(num)s objective closed", "%(num)s objectives closed", n),
    objectives_stopped: (n) => ngettext("%(num)s objective stopped", "%(num)s objectives stopped", n),
    objectives_removed: (n) => ngettext("%(num)s objective gone", "%(num)s objectives gone", n),
    key_results_added: (n) => ngettext("%(num)s new key result", "%(num)s new key results", n),
    key_results_removed: (n) => ngettext("%(num)s key result gone", "%(num)s key results gone", n),
    goalposts: (n) => ngettext("%(num)s goalpost moved", "%(num)s goalposts moved", n),
    goalposts_eased: (n) => ngettext("%(num)s of them made easier", "%(num)s of them made easier", n),
    plans: (n) => ngettext("%(num)s change of plan", "%(num)s changes of plans", n),
    check_ins: (n) => ngettext("%(num)s check-in", "%(num)s check-ins", n),
    kpis_added: (n) => ngettext("%(num)s new KPI", "%(num)s new KPIs", n),
    kpis_removed: (n) => ngettext("%(num)s KPI gone", "%(num)s KPIs gone", n),
    kpis_measured: (n) => ngettext("%(num)s KPI measured", "%(num)s KPIs measured", n),
    tasks_done: (n) => ngettext("%(num)s task of the rollout done", "%(num)s tasks of the rollout done", n),
    statuses_improved: (n) => ngettext("%(num)s objective with a better status", "%(num)s objectives with a better status", n),
    statuses_worsened: (n) => ngettext("%(num)s objective with a worse status", "%(num)s objectives with a worse status", n),
    kpi_statuses_improved: (n) => ngettext("%(num)s KPI with a better status", "%(num)s KPIs with a better status", n),
    kpi_statuses_worsened: (n) => ngettext("%(num)s KPI with a worse status", "%(num)s KPIs with a worse status", n),
  };
  const changesOf = (version) => {
    if (!version.since) return version === all.at(-1) ? _("the oldest version kept") : "–";
    const told = Object.entries(KINDS).filter(([kind]) => version.changes?.[kind] > 0).map(([kind, say]) => say(version.changes[kind]));
    return told.length ? told.join(", ") : _("nothing in the goals");
  };

  const marked = (status, text) => {
    const mark = drawn("svg", { class: "mark", "aria-hidden": "true" }, drawn("use", { href: `#okr_${status}` }));
    return element("span", `status ${status}`, mark, text);
  };
  const bullet = ({ progress, expected, status }) => {
    const width = 96;
    const share = Math.min(Math.max(progress, 0), 1);
    const name = _("%(progress)s done, %(expected)s expected", { progress: percent(progress), expected: percent(expected) });
    return drawn(
      "svg",
      { class: `bullet ${known(status) ? status : ""}`, width, height: 14, viewBox: `0 0 ${width} 14`, role: "img", "aria-label": name },
      drawn("path", { class: "frame", d: `M0 3h${width}v8H0z` }),
      drawn("path", { class: "bar", d: `M0 3h${(share * width).toFixed(1)}v8H0z` }),
      drawn("path", { class: "tick", d: `M${(expected * (width - 2)).toFixed(1)} 0h2v14h-2z` }),
    );
  };

  const pattern = page.dataset.okrCommit;
  const commitOf = ({ commit, subject }) => {
    const id = /^[\da-f]{7,64}$/.test(commit) ? commit : "";
    const code = element("code", "", id.slice(0, 7));
    const link = element("a", "", code);
    link.href = pattern.replace(/0{40}/, id);
    link.rel = "noopener";
    return [subject ? `${subject} ` : "", pattern && id ? link : code];
  };
  const cell = (label, isEmpty, ...inside) => {
    const made = element("td", isEmpty ? "empty" : "", ...(isEmpty ? ["–"] : inside));
    made.dataset.label = label;
    return made;
  };
  const rowOf = (version) => {
    const { figures } = version;
    const link = element("a", "", day(version.as_of));
    link.href = address(version, "");
    const marks = [
      version === newest && _("newest"),
      version === shown && version !== newest && _("this version"),
      version.withdrawn && _("withdrawn"),
      ...(version.labels ?? []),
    ].filter(Boolean);
    const head = element("th", "", link, ...marks.flatMap((text) => [" ", element("span", "tag", text)]), " ", element("span", "note", ...commitOf(version)));
    head.scope = "row";
    const has = typeof figures.progress === "number" && typeof figures.expected === "number";
    const progress = cell(_("Progress"), !has, ...(has ? [bullet(figures), " ", element("span", "value", percent(figures.progress))] : []));
    const status = cell(_("Status"), !known(figures.status), marked(figures.status, words[figures.status]));
    const confidence = cell(_("Confidence"), typeof figures.confidence !== "number", inTenths(figures.confidence));
    const counts = STATUSES.filter((name) => figures.statuses?.[name] > 0);
    const tally = counts.map((name) => {
      const each = element("span", "count", number(figures.statuses[name]), " ", marked(name, element("span", "unseen", words[name])));
      each.title = words[name];
      return each;
    });
    const objectives = cell(_("Objectives"), !counts.length, ...tally.flatMap((each) => [each, " "]));
    const changes = cell(_("What changed"), false, changesOf(version));
    changes.classList.add("wrap", "what");
    objectives.classList.add("wrap");
    const row = element("tr", version.withdrawn ? "withdrawn" : "", head, changes, progress, status, confidence, objectives);
    if (version === shown) row.setAttribute("aria-current", "true");
    return row;
  };
  const inTenths = (value) => new Intl.NumberFormat(okr.locale, { maximumFractionDigits: 1 }).format(value ?? 0);

  // The list, a table for each cycle, the latest first.
  const cycles = new Map();
  for (const version of all) {
    const { cycle } = version.figures;
    if (!cycles.has(cycle)) cycles.set(cycle, []);
    cycles.get(cycle).push(version);
  }
  const parts = [...cycles].map(([cycle, ofCycle]) => {
    const rows = ofCycle.map(rowOf);
    const heads = [_("Version"), _("What changed"), _("Progress"), _("Status"), _("Confidence"), _("Objectives")].map((name) => {
      const head = element("th", "", name);
      head.scope = "col";
      return head;
    });
    const table = element("table", "goals snapshots", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
    const count = element("span", "note", ngettext("%(num)s version", "%(num)s versions", ofCycle.length));
    const title = element("h2", "", cycle || _("No cycle"), " ", count);
    const more = element("button", "more-versions", ngettext("Show %(num)s more", "Show %(num)s more", ofCycle.length - MOST));
    more.type = "button";
    const section = element("section", "", title, table, more);
    const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
    const part = { cycle, ofCycle, rows, texts, section, more, isWhole: ofCycle.length <= MOST };
    more.addEventListener("click", () => {
      part.isWhole = true;
      narrow();
      rows[MOST].querySelector("a").focus();
    });
    return part;
  });

  const bar = element("div", "table-tools");
  const inside = element("div", "inside");
  const input = element("input");
  const selects = element("div", "selects");
  const count = element("output", "note");
  input.type = "search";
  input.placeholder = _("Filter");
  input.setAttribute("aria-label", _("Filter the versions by words"));
  const choice = (name, values) => {
    const select = element("select");
    select.setAttribute("aria-label", name);
    select.append(new Option(_("%(column)s: all", { column: name }), ""), ...values.map((value) => new Option(value, value)));
    selects.append(select);
    return select;
  };
  const names = [...cycles.keys()].filter(Boolean);
  const labels = all.flatMap((version) => version.labels ?? []);
  const cycle = names.length > 1 ? choice(_("Cycle"), names) : null;
  const label = labels.length ? choice(_("Label"), [...new Set(labels)]) : null;
  inside.append(input, count, selects);
  bar.append(inside);
  function narrow() {
    const asked = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const isNarrow = asked.length > 0 || Boolean(cycle?.value) || Boolean(label?.value);
    let found = 0;
    for (const part of parts) {
      let here = 0;
      part.rows.forEach((row, at) => {
        const fits =
          asked.every((word) => part.texts[at].includes(word)) &&
          (!cycle?.value || part.cycle === cycle.value) &&
          (!label?.value || Boolean(part.ofCycle[at].labels?.includes(label.value)));
        here += fits;
        row.hidden = !fits || (!isNarrow && !part.isWhole && at >= MOST);
      });
      part.section.hidden = !here;
      part.more.hidden = isNarrow || part.isWhole;
      found += here;
    }
    count.textContent = isNarrow ? _("%(shown)s of %(all)s", { shown: number(found), all: number(all.length) }) : "";
  }
  bar.addEventListener("input", narrow);

  const first = all.at(-1);
  const lead = element("p", "lead");
  const days = { first: day(first.as_of), day: day((newest ?? all[0]).as_of) };
  lead.textContent = days.first === days.day
    ? ngettext("%(num)s version, as of %(day)s.", "%(num)s versions, all as of %(day)s.", all.length, days)
    : ngettext("%(num)s version has been published, as of %(day)s.", "%(num)s versions have been published, as of %(first)s to %(day)s.", all.length, days);
  const trends = element("section", "trends");
  trends.hidden = true;
  page.replaceChildren(lead, trends, ...(all.length > LONG ? [bar] : []), ...parts.map(({ section }) => section));
  narrow();
  versions.trends = { section: trends, of: all.filter(({ withdrawn }) => !withdrawn), words, STATUSES, element, drawn, percent, inTenths, marked };
  await okr.load("versions-trend");
})();
