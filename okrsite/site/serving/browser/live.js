// Put into each page by `okrsite serve`, and into no built site: shows the page anew when its sources were saved, and
// what is wrong with them until it is mended.
"use strict";
(() => {
  const { version } = document.currentScript.dataset; // of the page that is shown; empty where there is none
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const NOTE = "okrsite-note";

  const made = (name, className, ...content) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...content); // strings become text, never HTML
    return element;
  };

  // A panel above the page, with styles of its own that the portal's do not reach.
  const panel = (className, role, close, ...content) => {
    const host = made("div", "okrsite-serve");
    const style = made("link", "");
    style.rel = "stylesheet";
    style.href = `${folder}live.css`;
    const button = made("button", "", "×");
    button.ariaLabel = close;
    button.addEventListener("click", () => host.remove());
    const box = made("section", className, button, ...content);
    box.role = role;
    box.popover = "manual"; // above all, and the page stays within reach
    style.addEventListener("load", () => box.isConnected && box.showPopover());
    host.attachShadow({ mode: "open" }).append(style, box);
    document.body.append(host);
    return host;
  };

  const place = ({ path, line, column, code }) => made("p", "place", code ? `${path}:${line}:${column}` : path);
  const item = (problem) => {
    const said = made("p", "message", made("code", "", problem.code), " ", problem.message);
    return made("li", "", place(problem), said, made("p", "hint", problem.hint));
  };

  let errors = null;
  let told = "[]";
  const tell = (problems, words) => {
    const now = JSON.stringify(problems);
    if (now === told) return; // a panel that was closed stays so until there is something new
    told = now;
    errors?.remove();
    errors = null;
    if (problems.length === 0) return;
    const head = made("h2", "", words.errors);
    const list = made("ol", "", ...problems.map(item));
    errors = panel("errors", "alert", words.close, head, list, made("p", "rest", `${words.more} ${version ? words.stays : ""}`));
  };

  let source = null;
  const hear = ({ data }) => {
    const news = JSON.parse(data);
    const isGone = version && news.above !== null;
    if (!isGone && (!news.version || news.version === version)) {
      tell(news.problems, news.words);
      return;
    }
    source.close(); // the next news are for the next page
    if (isGone) {
      sessionStorage.setItem(NOTE, JSON.stringify([news.words.gone, news.words.close]));
      location.replace(news.above);
    } else {
      location.reload(); // the browser keeps the place on the page
    }
  };

  // Only pages that are in sight listen: a browser has few connections to a server, and one may have many tabs.
  const listen = () => {
    source?.close();
    source = null;
    if (document.visibilityState !== "visible") return;
    source = new EventSource(`${folder}news?at=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", hear);
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  addEventListener("pagehide", () => source?.close());

  const note = sessionStorage.getItem(NOTE);
  sessionStorage.removeItem(NOTE);
  if (note) {
    const [said, close] = JSON.parse(note);
    panel("note", "status", close, made("p", "", said));
  }
})();
