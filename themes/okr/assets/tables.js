// Tables: sorted by buttons in their headers; those that ask for it with data-okr-filter get filters above them.
//
// A cell says by data-sort what it is sorted by, where neither its status nor its text would do. Columns of few different
// words, such as status and owner, can be narrowed to one of them; data-okr-choose on a header asks for that where the
// words alone would not tell.
"use strict";
(() => {
  const { okr } = window;
  const { _ } = okr;
  const LEAST = 3; // rows; fewer are seen at a glance
  const MOST_CHOICES = 4; // columns that can be narrowed
  const MOST_VALUES = 60; // of one
  const STATUSES = ["off_track", "red", "at_risk", "amber", "yellow", "no_data", "on_track", "green", "achieved", "not_started"];
  const compareTexts = new Intl.Collator(okr.locale, { numeric: true }).compare;

  const element = (name, className, text = "") => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  // A number as the portal's language writes it, with whatever unit; null for a text that is more than a number.
  const sign = (value, type) => new Intl.NumberFormat(okr.locale).formatToParts(value).find((part) => part.type === type)?.value;
  const decimal = sign(1.5, "decimal");
  const group = sign(12345678, "group");
  const digits = [...new Intl.NumberFormat(okr.locale, { useGrouping: false }).format(9876543210)].reverse();
  const readNumber = (text) => {
    let plain = "";
    for (const c of text.trim()) {
      const digit = digits.indexOf(c);
      if (digit >= 0) plain += digit;
      else if (c === decimal) plain += ".";
      else if (c !== group && !/[\s\u200e\u200f\u061c]/.test(c)) plain += c === "−" ? "-" : c;
    }
    const found = /^([-+]?\d+(?:\.\d+)?)\D*$/.exec(plain);
    return found ? Number(found[1]) : null;
  };

  // What a cell says, without what is noted beside it.
  const said = (cell) => (cell.querySelector("a, .value, .status") ?? cell).textContent.trim();
  const isEmpty = (text) => text === "" || text === "–";
  // {text, number, status}: what a cell can be sorted by.
  const keyOf = (cell) => {
    if (!cell) return { text: "" };
    if (cell.dataset.sort !== undefined) {
      const text = cell.dataset.sort;
      return { text, number: text !== "" && Number.isFinite(Number(text)) ? Number(text) : null };
    }
    const mark = cell.querySelector(".status");
    const status = mark ? STATUSES.findIndex((name) => mark.classList.contains(name)) : -1;
    if (status >= 0) return { text: said(cell), status };
    const text = said(cell);
    return { text, number: isEmpty(text) ? null : readNumber(text) };
  };

  // The cell of each column of a row; one that spans several stands for the first of them.
  const cellsOf = (row) => {
    const cells = [];
    for (const cell of row.cells) {
      cells.push(cell);
      for (let more = 1; more < cell.colSpan; more++) cells.push(null);
    }
    return cells;
  };

  // How a column compares: by status, as numbers or as texts. What is empty comes last either way.
  const comparison = (keys) => {
    const filled = keys.filter(({ text }) => !isEmpty(text));
    const all = (field) => filled.length > 0 && filled.every((key) => (key[field] ?? null) !== null);
    if (all("status")) return { first: 1, compare: (a, b) => a.status - b.status };
    if (all("number")) return { first: -1, compare: (a, b) => a.number - b.number };
    return { first: 1, compare: (a, b) => compareTexts(a.text, b.text) };
  };

  class Table {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      this.cells = this.rows.map(cellsOf);
      this.headers = [];
      this.sorted = null;
      const row = table.tHead.rows[table.tHead.rows.length - 1];
      let at = 0;
      for (const cell of row.cells) {
        const name = cell.textContent.trim();
        if (name && cell.colSpan === 1 && this.says(at)) this.headers.push({ cell, at, name });
        at += cell.colSpan;
      }
    }

    // Whether a column has anything to be sorted by; drawings have not.
    says(at) {
      return this.cells.some((cells) => !isEmpty(keyOf(cells[at]).text));
    }

    buttons() {
      for (const header of this.headers) {
        const button = element("button", "sort", header.name);
        button.type = "button";
        button.addEventListener("click", () => this.toggle(header));
        header.cell.replaceChildren(button);
      }
    }

    // First the way that one most likely wants, then the other, then as it was.
    toggle(header) {
      const { first } = this.column(header);
      const now = this.sorted?.header === header ? this.sorted.direction : 0;
      this.sort(now === -first ? null : header, now ? -now : first);
    }

    column({ at }) {
      const keys = this.cells.map((cells) => keyOf(cells[at]));
      return { keys, ...comparison(keys) };
    }

    sort(header, direction) {
      const places = this.rows.map((_row, place) => place);
      if (header) {
        const { keys, compare } = this.column(header);
        places.sort((a, b) => {
          const empty = isEmpty(keys[a].text) - isEmpty(keys[b].text);
          return empty || direction * (isEmpty(keys[a].text) ? 0 : compare(keys[a], keys[b])) || a - b;
        });
      }
      this.body.append(...places.map((place) => this.rows[place]));
      this.sorted = header ? { header, direction } : null;
      for (const { cell } of this.headers) cell.removeAttribute("aria-sort");
      header?.cell.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      if (this.order) this.order.value = header ? `${this.headers.indexOf(header)} ${direction}` : "";
    }

    filters() {
      const bar = element("div", "table-tools");
      const inside = element("div", "inside");
      bar.append(inside);
      this.text = element("input");
      this.text.type = "search";
      this.text.placeholder = _("Filter");
      this.text.setAttribute("aria-label", _("Filter the rows by words"));
      const selects = element("div", "selects");
      const choices = this.headers.slice(1).map((header) => this.choice(header)).filter(Boolean);
      const status = choices.filter(({ byStatus }) => byStatus);
      const rest = choices.filter(({ byStatus }) => !byStatus).slice(0, Math.max(MOST_CHOICES - status.length, 0));
      this.chosen = choices.filter((choice) => status.includes(choice) || rest.includes(choice));
      selects.append(...this.chosen.map(({ select }) => select));
      selects.append(this.orders());
      this.count = element("output", "note");
      inside.append(this.text, this.count, selects);
      bar.addEventListener("input", () => this.filter());
      this.words = this.rows.map((row) => row.textContent.toLocaleLowerCase());
      this.table.before(bar);
      this.tell(this.rows.length);
    }

    // A select of a column's values, where they are few and are words: {select, values, byStatus}.
    choice(header) {
      const cells = this.cells.map((row) => row[header.at]);
      if (cells.some((cell) => cell?.querySelector(".count"))) return null;
      const values = cells.map((cell) => (cell ? said(cell) : ""));
      const filled = values.filter((value) => !isEmpty(value));
      const different = [...new Set(filled)].sort(compareTexts);
      if (different.length < 2 || different.length > MOST_VALUES) return null;
      const apt = different.length <= filled.length / 2 && !different.some((value) => value.length > 40 || /\d/.test(value));
      if (!apt && !("okrChoose" in header.cell.dataset)) return null;
      const select = element("select");
      select.setAttribute("aria-label", header.name);
      select.append(new Option(_("%(column)s: all", { column: header.name }), ""));
      for (const value of different) select.append(new Option(value, value));
      return { select, values, byStatus: cells.some((cell) => cell?.querySelector(".status")) };
    }

    // On phones, where tables are stacks without headers.
    orders() {
      this.order = element("select", "order");
      this.order.setAttribute("aria-label", _("Sort by"));
      this.order.append(new Option(_("Sort by …"), ""));
      this.headers.forEach(({ name }, at) => {
        this.order.append(new Option(_("%(column)s, ascending", { column: name }), `${at} 1`));
        this.order.append(new Option(_("%(column)s, descending", { column: name }), `${at} -1`));
      });
      this.order.addEventListener("input", (event) => {
        event.stopPropagation();
        const [at, direction] = this.order.value.split(" ").map(Number);
        this.sort(this.order.value ? this.headers[at] : null, direction);
      });
      return this.order;
    }

    filter() {
      const asked = this.text.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      this.rows.forEach((row, at) => {
        const fits =
          asked.every((word) => this.words[at].includes(word)) &&
          this.chosen.every(({ select, values }) => !select.value || values[at] === select.value);
        row.hidden = !fits;
        shown += fits;
      });
      this.tell(shown);
    }

    // How many rows are shown; of a table that leaves some out (data-okr-more) always, since filters cannot find those.
    tell(shown) {
      const here = this.rows.length;
      const total = okr.number(here + Number(this.table.dataset.okrMore ?? 0));
      const [n, all] = [okr.number(shown), okr.number(here)];
      const some = shown < here;
      if (all === total) this.count.textContent = some ? _("%(shown)s of %(all)s", { shown: n, all }) : "";
      else this.count.textContent = some ? _("%(shown)s of the %(all)s rows here; %(total)s in all", { shown: n, all, total }) : _("%(shown)s of %(all)s", { shown: n, all: total });
    }
  }

  for (const table of document.querySelectorAll("table.goals")) {
    if (!table.tHead || table.tBodies.length !== 1 || table.tBodies[0].rows.length < LEAST) continue;
    const made = new Table(table);
    made.buttons();
    if ("okrFilter" in table.dataset) made.filters();
  }
})();
