// The strategy map: one line at a time, arrow keys, a filter. Without it branches open and close, and #goal marks its line.
"use strict";
(() => {
  const map = document.getElementById("okr_map");
  if (!map) return;
  const { _, number, ngettext } = window.okr;
  const form = map.parentElement.querySelector(".map-tools");
  const said = map.parentElement.querySelector(".map-said");
  const field = (name) => form.elements.namedItem(name);
  map.classList.add("scripted");

  const places = [...map.querySelectorAll("li")];
  const goalOf = (place) => place.querySelector(":scope > .row > .pick").getAttribute("href").slice(1);
  const above = (place) => place.parentElement.closest("li");
  const branch = (place) => place.querySelector(":scope > details");
  const link = (place) => place.querySelector(":scope > .row .goal");
  const byGoal = new Map();
  for (const place of places) {
    const goal = goalOf(place);
    byGoal.set(goal, [...(byGoal.get(goal) ?? []), place]);
  }

  const say = (text, button) => {
    said.textContent = text;
    if (!button) return;
    const end = document.createElement("button");
    end.type = "button";
    end.className = "plain-button";
    end.textContent = button;
    end.addEventListener("click", forget);
    said.append(" ", end);
  };

  // --- One line ---
  let chosen = "";
  const choose = (goal, moves) => {
    for (const place of map.querySelectorAll("li.line")) place.classList.remove("line", "at");
    chosen = byGoal.has(goal) ? goal : "";
    map.classList.toggle("chosen", chosen !== "");
    if (!chosen) return say("");
    const up = new Set();
    const down = new Set();
    for (const place of byGoal.get(goal)) {
      place.classList.add("line", "at");
      for (let each = above(place); each; each = above(each)) {
        each.classList.add("line");
        up.add(goalOf(each));
        branch(each).open = true;
      }
      for (const each of place.querySelectorAll("li")) {
        each.classList.add("line");
        down.add(goalOf(each));
      }
      const own = branch(place);
      if (own && down.size <= 60) own.open = true;
    }
    const first = byGoal.get(goal)[0];
    if (moves) first.scrollIntoView({ block: "center" });
    say(_("The line of “%(title)s”: %(above)s above it, %(below)s below it.",
      { title: link(first).textContent, above: number(up.size), below: number(down.size) }), _("Show all"));
  };
  const forget = () => {
    const place = byGoal.get(chosen)?.[0];
    history.replaceState(null, "", location.pathname + location.search);
    choose("");
    if (place) link(place).focus();
  };
  const fromAddress = (moves) => {
    let goal = location.hash.slice(1);
    try { goal = decodeURIComponent(goal); } catch { /* not one of ours */ }
    choose(goal, moves);
  };
  window.addEventListener("hashchange", () => fromAddress(true));
  map.addEventListener("click", (event) => {
    const pick = event.target.closest(".pick");
    if (pick && goalOf(pick.closest("li")) === chosen) {
      event.preventDefault();
      forget();
    } else if (!event.target.closest("a, summary, button") && event.target.closest(".row") && !String(getSelection())) {
      location.hash = goalOf(event.target.closest("li"));
    }
  });

  // --- Keys ---
  const isShown = (place) => {
    for (let each = above(place); each; each = above(each)) if (!branch(each).open) return false;
    return !place.classList.contains("out");
  };
  const near = (place, way) => {
    for (let at = places.indexOf(place) + way; at >= 0 && at < places.length; at += way) {
      if (isShown(places[at])) return places[at];
    }
    return null;
  };
  map.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const place = event.target.closest("li");
    if (event.key === "Escape" && chosen) return forget();
    if (!place) return;
    const own = branch(place);
    const keys = {
      ArrowDown: () => near(place, 1),
      ArrowUp: () => near(place, -1),
      ArrowRight: () => (own && !own.open ? ((own.open = true), place) : own ? near(place, 1) : place),
      ArrowLeft: () => (own && own.open ? ((own.open = false), place) : above(place)),
      Home: () => places.find(isShown),
      End: () => places.findLast(isShown),
      " ": () => (event.target.matches("summary") ? null : ((location.hash = goalOf(place)), place)),
    };
    if (document.dir === "rtl") [keys.ArrowLeft, keys.ArrowRight] = [keys.ArrowRight, keys.ArrowLeft];
    const to = keys[event.key]?.();
    if (!to) return;
    event.preventDefault();
    link(to).focus();
  });

  // --- Branches and filter ---
  const before = new Map();
  const openAll = (open) => {
    for (const each of map.querySelectorAll("details")) each.open = open;
  };
  field("open").addEventListener("click", () => openAll(true));
  field("close").addEventListener("click", () => openAll(false));

  let texts = null;
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const filter = () => {
    const words = plain(field("text").value).split(/\s+/).filter(Boolean);
    const level = field("level").value;
    const status = field("status").value;
    const gaps = field("gaps").checked;
    const filtering = words.length || level || status || gaps;
    if (!filtering) {
      for (const place of places) place.classList.remove("out");
      for (const [details, open] of before) details.open = open;
      before.clear();
      return say("");
    }
    texts ??= new Map(places.map((place) => [place, plain(place.querySelector(".row > p").textContent)]));
    if (!before.size) for (const each of map.querySelectorAll("details")) before.set(each, each.open);
    const kept = new Set();
    const goals = new Set();
    for (const place of places) {
      const row = place.firstElementChild;
      const fits = (!level || place.dataset.level === level) && (!status || row.firstElementChild.classList.contains(status))
        && (!gaps || row.querySelector(".gap")) && words.every((word) => texts.get(place).includes(word));
      if (!fits) continue;
      goals.add(goalOf(place));
      for (let each = place; each && !kept.has(each); each = above(each)) kept.add(each);
    }
    for (const place of places) {
      place.classList.toggle("out", !kept.has(place));
      const own = branch(place);
      if (own) own.open = kept.has(place) && [...own.lastElementChild.children].some((each) => kept.has(each));
    }
    say(ngettext("%(num)s of %(total)s objectives, with what it supports.",
      "%(num)s of %(total)s objectives, with what they support.", goals.size, { total: number(byGoal.size) }));
  };
  let asked = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(filter);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  if (location.hash) fromAddress(true);
})();
