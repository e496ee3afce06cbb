// Puts text on the clipboard, also where browsers have none for pages: plain http and file://. And the buttons of statuses to hand on.
"use strict";
(() => {
  const { _ } = okr;

  const select = (element, copy) => {
    const selection = getSelection();
    const before = selection.rangeCount ? selection.getRangeAt(0) : null;
    const active = document.activeElement;
    const range = document.createRange();
    range.selectNodeContents(element);
    selection.removeAllRanges();
    selection.addRange(range);
    let done = false;
    try {
      done = copy();
    } finally {
      selection.removeAllRanges();
      if (before) selection.addRange(before);
      active?.focus({ preventScroll: true });
    }
    return done;
  };

  // The way without navigator.clipboard: what a listener puts into the event of a copy is copied.
  const byCommand = (text, html) => {
    const holder = document.createElement("pre");
    holder.className = "copied";
    holder.textContent = text;
    document.body.append(holder);
    const put = (event) => {
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
      event.preventDefault();
    };
    document.addEventListener("copy", put);
    try {
      return select(holder, () => document.execCommand("copy"));
    } finally {
      document.removeEventListener("copy", put);
      holder.remove();
    }
  };

  // Copies a text, and HTML beside it; says whether that worked.
  okr.copy = async (text, html = "") => {
    try {
      if (html) {
        const parts = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) };
        await navigator.clipboard.write([new ClipboardItem(parts)]);
      } else {
        await navigator.clipboard.writeText(text);
      }
      return true;
    } catch {
      return byCommand(text, html);
    }
  };

  // A button that copies what `give` gives, with a word on how it went.
  okr.copyButton = (label, give) => {
    const place = document.createElement("span");
    const button = document.createElement("button");
    const said = document.createElement("span");
    place.className = "copying";
    button.type = "button";
    button.className = "button";
    button.textContent = label;
    said.setAttribute("role", "status");
    said.className = "note";
    button.addEventListener("click", async () => {
      said.textContent = "";
      said.textContent = (await okr.copy(...give())) ? _("Copied.") : _("The browser does not allow it: select the text and copy it.");
    });
    place.append(button, " ", said);
    return place;
  };

  const here = location.href.replace(/[?#].*$/, "");
  const isShared = /^https?:$/.test(location.protocol);

  // Markdown as on the page; without a site_url it has no address, which is known here.
  const markdown = (area) => (area.dataset.okrHere && isShared ? `${area.value.trimEnd()}\n\n${here}\n` : area.value);

  // What mail programs keep: addresses from the root, and the frames of tables.
  const formatted = (element) => {
    const copy = element.cloneNode(true);
    copy.removeAttribute("class");
    const links = element.querySelectorAll("a");
    for (const [at, link] of copy.querySelectorAll("a").entries()) {
      if (isShared) link.setAttribute("href", links[at].href);
      else link.replaceWith(...link.childNodes);
    }
    for (const table of copy.querySelectorAll("table")) {
      table.setAttribute("border", "1");
      table.setAttribute("cellspacing", "0");
      table.setAttribute("cellpadding", "4");
    }
    return copy.innerHTML.replace(/\s*\n\s*/g, " ").trim();
  };

  for (const status of document.querySelectorAll("[data-okr-script='copying']")) {
    const area = status.querySelector("textarea");
    const text = status.querySelector("[data-okr-formatted]");
    const buttons = document.createElement("p");
    buttons.className = "buttons";
    buttons.append(
      okr.copyButton(_("Copy as formatted text"), () => [markdown(area), formatted(text)]),
      okr.copyButton(_("Copy as Markdown"), () => [markdown(area)]),
    );
    text.before(buttons);
  }
})();
