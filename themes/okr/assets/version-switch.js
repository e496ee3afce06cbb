// What a page knows of the other versions of the portal. Loaded where there is a list of them; says what this one is,
// and leads to the same page in another, or to the nearest above it.
"use strict";
(async () => {
  const { okr } = window;
  const { _, ngettext, day, versions } = okr;
  const MOST = 14; // snapshots in the switch; the page of all versions has the rest
  const MOST_OF_CYCLE = 8; // of the latest cycle
  const MOST_OF_OTHERS = 2;
  const MOST_LABELS = 5;
  const ID = /^\d{4}-\d\d-\d\d-[\da-f]{7}-[\da-f]{8}$/;
  const list = await versions.list;
  const all = list.snapshots.filter(({ id }) => ID.test(id));
  const newest = all.find(({ id }) => id === list.newest);
  const shown = versions.id ? all.find(({ id }) => id === versions.id) : newest;

  const element = (name, className = "", text = "") => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  // Where a version's site is. What is no snapshot's address is the newest's own.
  const siteOf = (version) => {
    if (version !== newest) return `${versions.root}s/${version.id}/`;
    return versions.id ? `${versions.root}${list.newest_at}` : okr.base;
  };
  const quoted = (path) => path.split("/").map(encodeURIComponent).join("/");
  const address = (version, path) => `${siteOf(version)}${quoted(path)}${path === "" || path.endsWith("/") ? "index.html" : ""}`;

  // The page of a version that is the one looked for, or the nearest above it, by the list of its pages.
  const trees = new Map();
  const treeOf = (version) => {
    const read = () => okr.run(`${siteOf(version)}pages.js`).then(() => window.okr_pages, () => null);
    if (!trees.has(version.id)) trees.set(version.id, read());
    return trees.get(version.id);
  };
  const nearest = (tree, path) => {
    let found = "";
    let below = tree;
    let at = "";
    for (const part of path.split("/").filter(Boolean)) {
      if (!below || !Object.hasOwn(below, part)) break;
      below = below[part];
      at += part.endsWith(".html") ? part : `${part}/`;
      if (below === 0 || Object.hasOwn(below, "")) found = at;
    }
    return found;
  };
  const looked = versions.from || versions.path;
  const wayTo = async (version) => {
    const tree = await treeOf(version);
    const path = tree ? nearest(tree, looked) : "";
    if (path === looked) return address(version, path) + (versions.from ? "" : location.search) + location.hash;
    return `${address(version, path)}?okr_from=${encodeURIComponent(looked)}`;
  };

  // A link to this page in another version; where that is, is found out when somebody is about to go there.
  const linkTo = (version) => {
    const link = element("a");
    link.href = address(version, versions.path);
    const find = async () => {
      link.href = await wayTo(version);
    };
    link.addEventListener("pointerenter", find, { once: true });
    link.addEventListener("focus", find, { once: true });
    link.addEventListener("click", async (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      location.assign(await wayTo(version));
    });
    return link;
  };

  // The line above a page of a snapshot.
  const tellOf = (line) => {
    const about = line.querySelector(".about");
    const when = day(versions.id.slice(0, 10));
    const channel = Object.entries(list.channels ?? {}).find(([, { id }]) => id === versions.id)?.[0];
    if (shown && shown === newest) {
      line.classList.add("newest");
      about.textContent = _("Newest version, of %(day)s", { day: when });
    } else if (shown) {
      line.classList.add(shown.withdrawn ? "withdrawn" : "old");
      about.textContent = shown.withdrawn ? _("Withdrawn version of %(day)s", { day: when }) : _("Old version of %(day)s", { day: when });
    } else if (channel) {
      line.classList.add("draft");
      about.textContent = _("Preview, not published: %(channel)s", { channel });
    } else return; // no list knows it any more
    for (const label of shown?.labels ?? []) about.append(" ", element("span", "tag", label));
    const whole = element("span", "on-paper", versions.id);
    about.append(" ", whole);
    if (!newest || shown === newest) return;
    const link = linkTo(newest);
    link.className = "to-newest";
    link.append(element("span", "whole", _("Newest version")), element("span", "short", _("newest"))); // one of them is shown
    link.title = _("This page as of %(day)s", { day: day(newest.as_of) });
    about.after(link);
  };
  if (versions.id) tellOf(document.querySelector(".version-line"));

  // For search engines: the newest is the one to be found.
  if (newest && !document.querySelector("link[rel=canonical]")) {
    const canonical = element("link");
    canonical.rel = "canonical";
    canonical.href = siteOf(newest) + quoted(versions.path);
    document.head.append(canonical);
  }

  // Which snapshots the switch offers: of many only the last of a day, most of the latest cycle, and always this one.
  const byCycle = (chosen) => {
    const cycles = new Map();
    for (const version of chosen) {
      const { cycle } = version.figures;
      if (!cycles.has(cycle)) cycles.set(cycle, []);
      cycles.get(cycle).push(version);
    }
    return [...cycles];
  };
  const some = () => {
    if (all.length <= MOST) return all;
    const days = new Set();
    const kept = new Set([newest, shown]);
    let left = MOST;
    for (const [at, [, ofCycle]] of byCycle(all.filter(({ withdrawn }) => !withdrawn)).entries()) {
      let most = Math.min(left, at ? MOST_OF_OTHERS : MOST_OF_CYCLE);
      for (const version of ofCycle) {
        if (!most) break;
        if (days.has(version.as_of)) continue;
        days.add(version.as_of);
        kept.add(version);
        most -= 1;
        left -= 1;
      }
    }
    return all.filter((version) => kept.has(version));
  };

  const choice = (version, name, note) => {
    const entry = element("li");
    const link = linkTo(version);
    if (version === shown) link.setAttribute("aria-current", "true");
    link.append(element("span", "name", name), note);
    entry.append(link);
    return entry;
  };
  const dated = (version) => {
    const note = element("span", "note", version.subject);
    const entry = choice(version, day(version.as_of), note);
    const marks = [
      version === newest && _("newest"),
      version.withdrawn && _("withdrawn"),
      ...(version.labels ?? []),
    ].filter(Boolean);
    note.before(...marks.map((text) => element("span", "tag", text)));
    entry.firstChild.classList.toggle("withdrawn", Boolean(version.withdrawn));
    return entry;
  };
  const group = (name, entries) => {
    const part = element("div", "group");
    const title = element("p", "", name);
    const items = element("ul");
    title.id = `okr_versions_${document.querySelectorAll("details.versions .group").length}`;
    items.setAttribute("aria-labelledby", title.id);
    items.append(...entries);
    part.append(title, items);
    return part;
  };
  const fill = (panel) => {
    const labels = all.flatMap((version) => (version.labels ?? []).map((label) => [label, version]));
    const labelled = ([label, version]) => choice(version, label, element("span", "note", day(version.as_of)));
    if (labels.length) panel.append(group(_("Labels"), labels.slice(0, MOST_LABELS).map(labelled)));
    for (const [cycle, ofCycle] of byCycle(some())) panel.append(group(cycle || _("No cycle"), ofCycle.map(dated)));
    const rest = element("a", "all", ngettext("All versions: %(num)s", "All versions: %(num)s", all.length));
    rest.href = newest ? address(newest, "versions/") : `${okr.base}versions/index.html`;
    panel.append(rest);
  };

  const steer = (panel, { key }) => {
    const links = [...panel.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[key];
    if (to === undefined) return false;
    (links[to] ?? (to < 0 ? panel.parentElement.querySelector("summary") : links.at(-1))).focus();
    return true;
  };

  const choose = document.querySelector("details.versions");
  const make = () => {
    if (choose.querySelector("nav")) return;
    const panel = element("nav", "panel");
    panel.setAttribute("aria-label", _("Versions"));
    choose.append(panel);
    fill(panel);
  };
  choose.querySelector("summary").addEventListener("click", make); // at once, so that a key pressed next finds it
  choose.addEventListener("toggle", make); // opened by other means, such as a search in the page
  choose.addEventListener("keydown", (event) => {
    const panel = choose.querySelector("nav");
    if (choose.open && panel && steer(panel, event)) event.preventDefault();
  });
  versions.known = { all, newest, shown, address };
  document.documentElement.classList.add("okr-listed");
})();
