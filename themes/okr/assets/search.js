// The search box: results while typing, as a combobox (WAI-ARIA APG, "editable combobox with list autocomplete").
// Without it the box leads to the page of the search.
"use strict";
(() => {
  const { okr } = window;
  const { _, ngettext } = okr;
  const MOST = 8;
  const SVG = "http://www.w3.org/2000/svg";
  // On a ground of 16 by 16; lines, so that they are not taken for the shapes of a status.
  const ICONS = {
    unit: "M8 2v4M3.5 10V8h9v2M2 10.5h3v3.5H2zM11 10.5h3v3.5h-3zM6.5 2.5h3v3h-3z",
    objective: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
    key_result: "M2.5 14V3M2.5 3.5h10L10.5 6.5l2 3h-10",
    kpi: "M2 13.5h12M4 11V8M8 11V3M12 11V6",
    owner: "M8 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.5 14c.4-3 2.6-4.5 5.5-4.500s5.1 1.5 5.5 4.5",
    page: "M4 2h5.500L12.5 5v9H4zM6 8h4.500M6 11h4.5",
  };

  const element = (name, className, ...parts) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...parts);
    return made;
  };
  const drawing = (className, child) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", className);
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    svg.append(child);
    return svg;
  };
  const icon = (kind) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[kind]);
    return drawing("kind", path);
  };
  const SHAPES = { green: "on_track", amber: "at_risk", red: "off_track" };
  const status = ([name, word]) => {
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#okr_${SHAPES[name] ?? name}`);
    return element("span", `status ${name}`, drawing("mark", use), word);
  };

  const href = ({ address }) => {
    const [page, place] = address.split("#");
    const path = page.split("/").map(encodeURIComponent).join("/");
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    return `${okr.base}${file}${place === undefined ? "" : `#${encodeURIComponent(place)}`}`;
  };
  const everything = (query) => `${okr.base}search/index.html?q=${encodeURIComponent(query)}`;

  // A link to what was found: what it is called, what it is, where it belongs, how it stands.
  const row = (finder, entry, marks) => {
    const { data } = finder;
    const link = element("a", "found");
    link.href = href(entry);
    const title = element("span", "title");
    for (const [text, is] of finder.pieces(entry.title, marks)) title.append(is ? element("mark", "", text) : text);
    const belongs = [
      data.kinds[entry.kind],
      entry.kind === "unit" ? data.levels[entry.level][1] : finder.unit(entry),
      entry.cycle >= 0 ? data.cycles[entry.cycle][1] : "",
      entry.place,
    ];
    const note = element("span", "note", belongs.filter(Boolean).join(" · "));
    const said = finder.excerpt(entry, marks);
    if (said) note.append(element("span", "excerpt", ` · ${said}`));
    const owner = finder.owner(entry);
    if (owner) note.append(element("span", "who", ` · ${owner}`));
    link.append(icon(entry.kind), title, note);
    if (entry.status >= 0) link.append(status(data.statuses[entry.status]));
    return link;
  };

  // What a screen reader is told, and what stands in place of results.
  const summary = ({ total, partly }, query) => {
    if (!total) return _("Nothing found for “%(query)s”.", { query });
    if (partly) return _("Nothing has all of these words; these have some of them.");
    return ngettext("%(num)s result", "%(num)s results", total);
  };

  const finding = async () => {
    await okr.load("finder");
    return okr.finder();
  };

  const combobox = (form) => {
    const input = form.querySelector("input");
    const list = element("div", "options");
    list.id = `${input.id}_list`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", _("Results"));
    const told = element("p", "told");
    told.setAttribute("role", "status");
    const popup = element("div", "popup", told, list);
    popup.hidden = true;
    form.append(popup);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": list.id,
      "aria-expanded": "false",
      "aria-haspopup": "listbox",
    })) input.setAttribute(name, value);

    let options = [];
    let active = -1;

    const choose = (at) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = at;
      const option = options[active];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
      popup.hidden = !open;
      input.setAttribute("aria-expanded", String(open && options.length > 0));
      if (!open) choose(-1);
    };
    const option = (link) => {
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1; // the keyboard stays in the box
      link.id = `${input.id}_${options.length}`;
      options.push(link);
      list.append(link);
    };
    const draw = (finder) => {
      const query = input.value.trim();
      list.replaceChildren();
      options = [];
      choose(-1);
      if (!query) {
        told.textContent = "";
        show(false);
        return;
      }
      const result = finder.find(query, undefined, MOST);
      for (const entry of result.found) option(row(finder, entry, result.marks));
      if (result.total > MOST) {
        const all = element("a", "found all", ngettext("All %(num)s result", "All %(num)s results", result.total));
        all.href = everything(query);
        option(all);
      }
      told.textContent = summary(result, query);
      told.classList.toggle("aside", result.total > 0 && !result.partly);
      show(true);
    };
    const update = async () => {
      const asked = input.value;
      const finder = await finding();
      if (asked === input.value && document.activeElement === input) draw(finder);
    };

    const keys = {
      ArrowDown: () => choose((active + 1) % options.length),
      ArrowUp: () => choose(active < 0 ? options.length - 1 : active - 1),
      Enter: () => options[active].click(),
    };
    input.addEventListener("input", update);
    input.addEventListener("focus", update);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        // First the results go, then what was typed, then the box is left.
        event.preventDefault();
        if (!popup.hidden) show(false);
        else if (input.value) input.value = "";
        else input.blur();
        return;
      }
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !options.length) return;
      if (event.key === "Enter" && active < 0) return; // the form leads to the page of the search
      if (event.key === "ArrowDown" && popup.hidden) show(true);
      if (popup.hidden || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    popup.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) show(false);
    });
    if (document.activeElement === input) update();
  };

  okr.search = { row, summary, element };
  for (const form of document.querySelectorAll("form.search:not(.large)")) combobox(form);
  okr.number(0); // the first one takes long: now, with the index on its way, rather than with the results
})();
