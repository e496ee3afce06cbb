// The portal's figures through its versions: progress, confidence and objectives by status, each from the first version to
// the newest. A figure holds until the next version; of a day the last version counts. The list below has all numbers.
"use strict";
(() => {
  const { okr } = window;
  const { _, ngettext, number, day, versions } = okr;
  const { section, of, words, STATUSES, element, drawn, percent, inTenths, marked } = versions.trends;
  const HEIGHT = 190;
  const TOP = 22; // for the names of cycles
  const FOOT = 22;
  const STUB = 14; // how far the newest figure reaches
  const DOTS = 40; // points; more of them are a line
  const MOST_DAYS = 5; // named below a chart

  const last = new Map();
  for (const version of of) if (!last.has(version.as_of)) last.set(version.as_of, version);
  const points = [...last.values()]
    .map((version) => ({ ...version.figures, at: Date.parse(version.as_of), as_of: version.as_of }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  if (points.length < 2) return;
  const begin = points[0].at;
  const span = points.at(-1).at - begin;

  // Where things are in a chart of a width: a scale of days, a scale of values from 0 to `most`, and what holds them.
  const frameOf = (width, most, ticks, say) => {
    const start = 8 + 7 * Math.max(...ticks.map((tick) => say(tick).length));
    const x = (at) => start + ((at - begin) / span) * (width - start - STUB - 4);
    const y = (value) => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - TOP);
    const parts = ticks.flatMap((tick) => [
      drawn("path", { class: "grid", d: `M${start} ${y(tick)}H${width - 4}` }),
      drawn("text", { x: start - 6, y: y(tick) + 4, "text-anchor": "end" }, say(tick)),
    ]);
    const room = Math.max(2, Math.min(MOST_DAYS, Math.floor(width / 105)));
    const short = new Intl.DateTimeFormat(okr.locale, { day: "numeric", month: "short", timeZone: "UTC", ...(span > 300 * 864e5 ? { year: "2-digit" } : {}) });
    for (let n = 0; n < room; n++) {
      const at = begin + Math.round((span * n) / (room - 1) / 864e5) * 864e5;
      const anchor = n === 0 ? "start" : n === room - 1 ? "end" : "middle";
      parts.push(drawn("text", { x: x(at), y: HEIGHT - 5, "text-anchor": anchor }, short.format(at)));
    }
    let free = 0; // up to where names of cycles stand already
    points.forEach((point, at) => {
      if (at && point.cycle === points[at - 1].cycle) return;
      const left = x(point.at);
      if (at) parts.push(drawn("path", { class: "cycle", d: `M${left} ${TOP - 14}V${HEIGHT - FOOT}` }));
      if (!point.cycle || left < free || left + 7 * point.cycle.length > width) return;
      parts.push(drawn("text", { x: left + (at ? 4 : 0), y: TOP - 8 }, point.cycle));
      free = left + 7 * point.cycle.length + 10;
    });
    return { x, y, parts, width };
  };
  const until = (at, { x }) => (points[at + 1] ? x(points[at + 1].at) : x(points[at].at) + STUB);

  // Points with a value of one cycle after the other, with no gap between them.
  const runs = (field) => {
    const found = [];
    points.forEach((point, at) => {
      if (typeof point[field] !== "number") return;
      const run = found.at(-1);
      if (run && run.at(-1) === at - 1 && points[at - 1].cycle === point.cycle) run.push(at);
      else found.push([at]);
    });
    return found;
  };
  const steps = (run, field, frame) =>
    run.map((at, n) => `${n ? "V" : `M${frame.x(points[at].at)} `}${frame.y(points[at][field])}H${until(at, frame)}`).join("");
  const straight = (run, field, frame) => run.map((at) => `${frame.x(points[at].at)} ${frame.y(points[at][field])}`).join("L") + (run.length > 1 ? "" : "h8");
  const dots = (field, frame, say) =>
    points
      .filter((point) => typeof point[field] === "number")
      .filter((_point, at, all) => all.length <= DOTS || at === all.length - 1)
      .map((point) => {
        const title = drawn("title", {}, `${day(point.as_of)}: ${say(point[field])}`);
        return drawn("circle", { class: "dot", cx: frame.x(point.at), cy: frame.y(point[field]), r: 3 }, title);
      });
  const fromTo = (field, say) => {
    const all = points.filter((point) => typeof point[field] === "number");
    const [first, now] = [all[0], all.at(-1)];
    return _("From %(first)s on %(start)s to %(last)s on %(end)s", { first: say(first[field]), start: day(first.as_of), last: say(now[field]), end: day(now.as_of) });
  };
  const has = (field) => points.some((point) => typeof point[field] === "number");

  const progress = (width) => {
    const frame = frameOf(width, 1, [0, 0.5, 1], percent);
    const expected = runs("expected").map((run) => drawn("path", { class: "expected", d: `M${straight(run, "expected", frame)}` }));
    const reached = runs("progress").map((run) => drawn("path", { class: "line", d: steps(run, "progress", frame) }));
    return [...frame.parts, ...expected, ...reached, ...dots("progress", frame, percent)];
  };
  const confidence = (width) => {
    const frame = frameOf(width, 10, [0, 5, 10], number);
    const lines = runs("confidence").map((run) => drawn("path", { class: "line", d: steps(run, "confidence", frame) }));
    return [...frame.parts, ...lines, ...dots("confidence", frame, inTenths)];
  };
  const amount = (point, status) => Math.max(0, Number(point.statuses?.[status]) || 0);
  const total = (point) => STATUSES.reduce((sum, status) => sum + amount(point, status), 0);
  const most = Math.max(...points.map(total));
  const half = most > 1 && most % 2 === 0 ? [most / 2] : [];
  const objectives = (width) => {
    const frame = frameOf(width, most, [0, ...half, most], number);
    const base = points.map(() => 0);
    const areas = STATUSES.map((status) => {
      const blocks = points.map((point, at) => {
        const n = amount(point, status);
        if (!n) return "";
        const bottom = frame.y(base[at]);
        base[at] += n;
        return `M${frame.x(point.at)} ${bottom}V${frame.y(base[at])}H${until(at, frame)}V${bottom}z`;
      });
      return drawn("path", { class: `area ${status}`, d: blocks.join("") });
    });
    return [...frame.parts, ...areas.filter((area) => area.getAttribute("d"))];
  };

  const figure = (name, note, about, draw) => {
    const svg = drawn("svg", { class: points.length > DOTS ? "trend dense" : "trend", role: "img", "aria-label": `${name}. ${about}` });
    const made = element("figure", "", element("figcaption", "", element("b", "", name), " ", ...note), svg);
    let width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      const now = Math.round(contentRect.width);
      if (now < 100 || now === width) return;
      width = now;
      svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
      svg.replaceChildren(...draw(width));
    }).observe(made);
    return made;
  };
  const key = (className, text) => element("span", "key", drawn("svg", { class: "trend", width: 18, height: 8, "aria-hidden": "true" }, drawn("path", { class: className, d: "M0 4h18" })), text);
  const figures = [];
  if (has("progress")) figures.push(figure(_("Progress"), [key("line", _("done")), key("expected", _("expected"))], fromTo("progress", percent), progress));
  if (has("confidence")) figures.push(figure(_("Confidence"), [_("of 10")], fromTo("confidence", inTenths), confidence));
  const met = STATUSES.filter((status) => points.some((point) => amount(point, status)));
  const counted = (point) => ngettext("%(num)s objective", "%(num)s objectives", total(point));
  if (most) {
    const about = _("From %(first)s on %(start)s to %(last)s on %(end)s", { first: counted(points[0]), start: day(points[0].as_of), last: counted(points.at(-1)), end: day(points.at(-1).as_of) });
    figures.push(figure(_("Objectives by status"), met.toReversed().map((status) => element("span", "key", marked(status, words[status]))), about, objectives));
  }
  if (!figures.length) return;
  const title = element("h2", "", _("The figures through the versions"));
  section.append(title, element("div", "trend-row", ...figures), element("p", "note", _("Each figure holds until the next version; of several versions of a day the last counts. The tables below have the numbers.")));
  section.hidden = false;
})();
