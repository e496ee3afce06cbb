// The one script of every page. It makes nothing that a page cannot do without; what is larger it loads when it is asked for.
"use strict";
(() => {
  const self = document.currentScript;
  const base = self.src.replace(/assets\/[^/]*$/, "");
  const waiting = new Map();

  // Runs a script; fulfilled when it has.
  const run = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(new Error(`${address} cannot be loaded`));
      document.head.append(script);
    });

  // Loads a script of assets/ once; fulfilled when it has run. Files have a hash of their content in their names: those
  // of the theme's scripts are in okr.files, which stands at the end of this one; any other is named as it is.
  const load = (name) => {
    if (!waiting.has(name)) waiting.set(name, run(`${base}assets/${okr.files[name] ?? name}.js`));
    return waiting.get(name);
  };

  // Words of the interface in the portal's language. Where that is not English, words.js fills these in before
  // any other script runs. Messages stand in double quotes where they are used, or they are not found:
  // _(text), _(text, { name }) fills in %(name)s, ngettext(one, many, n) has n for %(num)s.
  const language = document.documentElement.lang;
  const locale = language === "en" ? "en-001" : language; // for Intl: English of the world has the day before the month
  const words = { texts: {}, plural: (n) => (n === 1 ? 0 : 1) };
  const filled = (text, values) => text.replace(/%\((\w+)\)s|%%/g, (whole, name) => (name ? values[name] : "%"));
  const _ = (text, values) => {
    const said = words.texts[text] ?? text;
    return values ? filled(said, values) : said;
  };
  let numbers; // made once: the first one of a page takes up to 20 ms
  const number = (n) => (numbers ??= new Intl.NumberFormat(locale)).format(n);
  const ngettext = (one, many, n, values) => {
    const said = words.texts[one]?.[Number(words.plural(n))] ?? (n === 1 ? one : many);
    return filled(said, { num: number(n), ...values });
  };

  // What scripts do when an element with their name in data-okr-click is clicked; they are loaded at the first click.
  const clicked = {};
  document.addEventListener("click", async ({ target }) => {
    const element = target.closest?.("[data-okr-click]");
    if (!element) return;
    const name = element.dataset.okrClick;
    await load(name);
    clicked[name](element);
  });

  const day = (date) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(date));

  // Which version this is, and where the list of all is: beside s/ and current/, or else the site's own, which is empty
  // unless a server puts the list in its place. What stands in the address is nobody's word: it is shown as text.
  const [, above, listed, version] = /^(.*?\/)(s\/)?(\d{4}-\d\d-\d\d-[\da-f]{7}-[\da-f]{8})\/$/.exec(base) ?? [];
  const pathOf = (address, top) => {
    try {
      const below = address.startsWith(top) ? decodeURIComponent(address.slice(top.length)) : "";
      return below.replace(/(^|\/)index\.html$/, "$1");
    } catch {
      return ""; // not every address is well made
    }
  };
  const path = pathOf(location.pathname, new URL(base).pathname);
  const from = new URLSearchParams(location.search).get("okr_from") ?? "";
  const versions = {
    id: version ?? "",
    root: listed ? above : base.replace(/\/current\/$/, "/"),
    path, // of this page
    from: from.startsWith(path) && from.length < 300 ? from : "", // of the page that was looked for, and is not in this version
  };

  window.okr = { base, files: {}, run, load, words, locale, number, day, _, ngettext, clicked, versions };

  // The colours: those of the reader's system, or what the switch was set to on an earlier page.
  const root = document.documentElement;
  const KEY = "okr-theme";
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // forbidden, or not there: then the switch holds for one page
    }
  };
  const store = (theme) => {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // as above
    }
  };
  const paint = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  paint(stored());

  const switchColours = (button) => {
    const bars = [...document.querySelectorAll("meta[name=theme-color]")].map((meta) => [meta, meta.content]);
    const names = { "": button.ariaLabel, light: button.dataset.light, dark: button.dataset.dark };
    const tell = () => {
      const theme = root.dataset.theme ?? "";
      button.ariaLabel = button.title = names[theme];
      for (const [meta, own] of bars) meta.content = theme ? getComputedStyle(root).backgroundColor : own;
    };
    button.addEventListener("click", () => {
      paint({ "": "light", light: "dark", dark: "" }[root.dataset.theme ?? ""]);
      store(root.dataset.theme);
      tell();
    });
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== KEY) return;
      paint(newValue);
      tell();
    });
    tell();
  };

  // Above a page that has a version's address there is a line that says its day, and above one that another was looked
  // for at what is missing; both before the first paint, so that nothing moves when more is known.
  if (versions.id || versions.from) {
    root.classList.add("okr-versioned");
    new MutationObserver((_changes, watch) => {
      const line = document.querySelector(".version-line");
      if (!line) return;
      watch.disconnect();
      const said = [
        ["about", versions.id && _("Version of %(day)s", { day: day(versions.id.slice(0, 10)) })],
        ["missing", versions.from && _("There is no page %(address)s in this version. This one is the nearest.", { address: versions.from })],
      ];
      for (const [name, text] of said) {
        if (!text) continue;
        const part = document.createElement("p");
        part.className = name;
        part.textContent = text;
        line.append(part);
      }
    }).observe(root, { childList: true, subtree: true });
  }
  if (versions.id) {
    const robots = document.createElement("meta");
    Object.assign(robots, { name: "robots", content: "noindex" });
    document.head.append(robots);
  }

  // The day that the figures are for. It is in no page, or all of them would change every day: the list of versions has
  // it, or the site's own script in the list's place.
  const tellDay = (list) => {
    const id = versions.id || list?.newest;
    const date = list?.snapshots.find((each) => each.id === id)?.as_of ?? window.okr_as_of ?? versions.id.slice(0, 10);
    if (!date) return;
    for (const place of document.querySelectorAll(".as-of")) place.textContent = _("As of %(day)s.", { day: day(date) });
    const choose = document.querySelector("details.versions summary");
    choose.ariaLabel = _("Version of %(day)s", { day: day(date) });
    choose.querySelector(".day").textContent = day(date);
  };

  // What is folded out of the menu folds again at Escape, and when one goes elsewhere.
  const foldMenu = (folded) => {
    const fold = () => {
      folded.open = false;
    };
    folded.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !folded.open) return;
      fold();
      folded.querySelector("summary").focus();
    });
    folded.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !folded.contains(relatedTarget)) fold();
    });
    document.addEventListener("click", ({ target }) => {
      if (!folded.contains(target)) fold();
    });
  };

  // Styles keep the place for what scripts will add, so that nothing moves then.
  root.classList.add("okr-js");

  // The search box: its script comes at the first focus; "/" leads there from anywhere but where one types.
  const box = (target) => target.closest?.("form.search input");
  document.addEventListener("focusin", ({ target }) => {
    if (box(target)) load("search");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const input = document.querySelector("form.search input");
    if (!input || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  document.addEventListener("DOMContentLoaded", () => {
    switchColours(document.querySelector("button.theme"));
    for (const folded of document.querySelectorAll(".menu details, details.versions")) foldMenu(folded);
    versions.list = run(`${versions.root}versions.js`).then(
      () => (window.okr_versions?.schema === 1 ? window.okr_versions : null),
      () => null,
    );
    versions.list.then((list) => {
      tellDay(list);
      if (list) load("version-switch");
    });
    for (const wide of document.querySelectorAll(".scroll, .chart, .prose > table, .prose pre"))
      // what is scrolled sideways is so by keyboard, too
      if (wide.scrollWidth > wide.clientWidth && getComputedStyle(wide).overflowX === "auto") wide.tabIndex = 0;
    if (document.querySelector("table.goals")) load("tables");
    for (const element of document.querySelectorAll("[data-okr-script]")) load(element.dataset.okrScript);
  });
})();
