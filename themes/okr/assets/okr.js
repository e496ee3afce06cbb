// The one script of every page. It makes nothing that a page cannot do without; what is larger it loads when it is asked for.
"use strict";
(() => {
  const self = document.currentScript;
  const base = self.src.replace(/assets\/okr\.js.*$/, "");
  const waiting = new Map();

  // Loads assets/NAME.js once; fulfilled when it has run.
  const load = (name) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${base}assets/${name}.js`;
        script.onload = done;
        script.onerror = () => failed(new Error(`${script.src} cannot be loaded`));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  // Words of the interface in the portal's language. Where that is not English, assets/words.js fills these in before
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
  const number = (n) => new Intl.NumberFormat(locale).format(n);
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

  window.okr = { base, load, words, locale, number, _, ngettext, clicked };

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
    for (const folded of document.querySelectorAll(".menu details")) foldMenu(folded);
    for (const wide of document.querySelectorAll(".scroll, .chart, .prose > table, .prose pre"))
      // what is scrolled sideways is so by keyboard, too
      if (wide.scrollWidth > wide.clientWidth && getComputedStyle(wide).overflowX === "auto") wide.tabIndex = 0;
    if (document.querySelector("table.goals")) load("tables");
    for (const element of document.querySelectorAll("[data-okr-script]")) load(element.dataset.okrScript);
  });
})();
