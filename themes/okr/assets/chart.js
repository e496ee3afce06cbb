// The large view of a chart: tooltips, zoom and downloads. Loaded when the first one is asked for; what draws it, Vega,
// comes then, too. The colours are CSS variables here as on the page, so they follow the scheme by themselves.
"use strict";
(() => {
  const { _, locale } = okr;
  const DAY = 86400000;
  const LEAST_WIDTH = 600; // below it, letters would stand on each other: narrow screens scroll
  const LEAST_DAYS = 3;
  const LABEL_HEIGHT = 17;
  const LABEL_GAP = 26;
  const LETTER = 7.2;
  const NEAR = 60; // pixels from the pointer to the point that it means
  const STEP = 0.6; // of what is shown remains after one step of zooming

  const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const tickFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const numberFormat = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 });
  const percentFormat = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });

  okr.charts = {};

  // Specifications hold their data; nothing they say may fetch any.
  const refuse = () => Promise.reject(new Error("charts load nothing"));
  const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

  const element = (tag, properties, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  // A data set of the page, whose first row names the fields, as Vega takes it.
  const records = ([fields, ...rows] = [[]]) =>
    rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at]]).filter(([, value]) => value !== null)));

  const said = (row, [, field, kind, names, unit]) => {
    const value = row[field];
    if (names) return names[value] ?? "";
    if (kind === "day") return dayFormat.format(Date.parse(value));
    if (kind === "share") {
      const whole = Math.round(Math.round(value * 1e9) / 1e7);
      return percentFormat.format((whole === 100 && value < 1 ? 99 : whole) / 100);
    }
    if (kind !== "number") return String(value ?? "");
    if (unit === "%") return percentFormat.format(value / 100);
    return unit ? `${numberFormat.format(value)}\u202f${unit}` : numberFormat.format(value);
  };

  // Ticks for the days that are shown, about a hundred pixels apart: days, Mondays or first days of months.
  const ticks = ([from, to], width) => {
    const room = ((to - from) / width) * 100;
    const rows = [];
    const add = (at) => {
      if (at >= from && at <= to) {
        const format = new Date(at).getUTCMonth() === 0 && new Date(at).getUTCDate() === 1 ? dayFormat : tickFormat;
        rows.push({ date: new Date(at).toISOString(), label: format.format(at) });
      }
    };
    const days = [1, 2, 7, 14].find((step) => step * DAY >= room);
    if (days) {
      const monday = 4 * DAY; // 5 January 1970
      for (let at = Math.ceil((from - monday) / (days * DAY)) * days * DAY + monday; at <= to; at += days * DAY) add(at);
    } else {
      const months = [1, 2, 3, 6, 12, 24, 60, 120].find((step) => step * 30 * DAY >= room) ?? 1200;
      const first = new Date(from);
      const count = first.getUTCFullYear() * 12 + first.getUTCMonth();
      for (let month = Math.floor(count / months) * months; ; month += months) {
        const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
        if (at > to) break;
        add(at);
      }
    }
    return rows;
  };

  // ---- downloads

  const fileName = (title) =>
    title.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "chart";

  const save = (blob, name) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // As api/okrs.csv has it: what a spreadsheet would take for a formula is text, numbers stay numbers.
  const cell = (value) => {
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const table = (columns, points) =>
    [
      columns.map(([title, , , , unit]) => cell(unit ? `${title} (${unit})` : title)),
      ...points.map((row) => columns.map(([, field, , names]) => cell(names ? (names[row[field]] ?? "") : (row[field] ?? "")))),
    ]
      .map((cells) => `${cells.join(",")}\n`)
      .join("");

  const SVG = "http://www.w3.org/2000/svg";
  const shape = (tag, attributes) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // The chart as a picture of its own: colours and font as they are now, its title above it, on paper.
  const picture = (drawn, title, dialog) => {
    const look = getComputedStyle(dialog);
    const [width, height] = [drawn.getAttribute("width"), drawn.getAttribute("height")].map(Number);
    const copy = drawn.cloneNode(true);
    const originals = [drawn, ...drawn.querySelectorAll("*")];
    for (const [at, part] of [copy, ...copy.querySelectorAll("*")].entries()) {
      for (const { name, value } of [...part.attributes]) {
        if (/^(style|class|role|tabindex|aria-.*|font-family)$/.test(name)) part.removeAttribute(name);
        else if (value.includes("var(")) part.setAttribute(name, getComputedStyle(originals[at]).getPropertyValue(name));
      }
    }
    const letters = Math.max(10, Math.floor((width - 24) / 9));
    const lines = [""];
    for (const word of title.split(/\s+/)) {
      const last = lines.at(-1);
      if (last && last.length + word.length >= letters) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    const top = 16 + 22 * lines.length;
    const size = { width, height: height + top };
    const whole = shape("svg", { xmlns: SVG, ...size, viewBox: `0 0 ${size.width} ${size.height}`, direction: "ltr", "font-family": look.fontFamily, "font-size": 13 });
    const name = shape("title", {});
    name.textContent = title;
    whole.append(name, shape("rect", { ...size, fill: look.backgroundColor }));
    for (const [at, line] of lines.entries()) {
      const text = shape("text", { x: 12, y: 24 + 22 * at, "font-size": 16, "font-weight": "bold", fill: look.color });
      text.textContent = line;
      whole.append(text);
    }
    const moved = shape("g", { transform: `translate(0,${top})` });
    moved.append(...copy.childNodes);
    whole.append(moved);
    return { text: new XMLSerializer().serializeToString(whole), ...size };
  };

  const raster = async ({ text, width, height }) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = element("canvas", { width: width * 2, height: height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0, width, height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  // ---- the dialog

  const button = (text, label, act) => element("button", { type: "button", textContent: text, title: label, "aria-label": label, onclick: act });

  okr.clicked.chart = async (opener) => {
    let holder = opener;
    while (holder && holder.type !== "application/json") holder = holder.nextElementSibling;
    const still = opener.nextElementSibling.cloneNode(true);
    const chart = JSON.parse(holder.textContent);
    const { title, columns = [] } = chart;
    const name = fileName(title);
    const stretches = chart.points?.y === "value";

    const plot = element("div", { className: "plot", tabIndex: 0, role: "application", dir: "ltr", "aria-label": _("%(title)s. Arrow keys lead from point to point.", { title }) });
    const canvas = element("div", { className: "drawing" }, still);
    const ring = element("div", { className: "ring", hidden: true });
    const tip = element("div", { className: "tip", hidden: true, "aria-hidden": "true" });
    const live = element("p", { className: "heard", "aria-live": "polite" });
    const zooming = element("span", { className: "group", hidden: true });
    const saving = element("span", { className: "group", hidden: true });
    const close = button("✕", _("Close"), () => dialog.close());
    close.className = "close";
    const help = element("p", { className: "note keys" });
    plot.append(canvas, ring, tip);
    const dialog = element(
      "dialog",
      { className: stretches ? "large-chart" : "large-chart rows", "aria-label": title },
      element("header", {}, element("h2", { textContent: title }), element("div", { className: "tools" }, zooming, saving, close)),
      plot,
      help,
      live,
    );

    let view = null;
    let resized = null;
    dialog.addEventListener("close", () => {
      resized?.disconnect();
      view?.finalize();
      view = null;
      dialog.remove();
      opener.focus();
    });
    dialog.addEventListener("click", (event) => {
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (event.target === dialog && !inside) dialog.close();
    });
    document.body.append(dialog);
    dialog.showModal();
    plot.focus();

    let spec = null;
    try {
      await Promise.all(opener.dataset.okrNeeds.split(" ").map(okr.load));
      spec = structuredClone(okr.charts[chart.template]);
    } catch {
      live.className = "note";
      live.textContent = _("What makes this chart interactive could not be loaded.");
      return;
    }
    if (!dialog.open) return;
    for (const source of spec.data) {
      if (!source.source && !source.values) source.values = records(chart.data[source.name]);
    }

    // ---- size: as wide as there is room, and as high, unless rows decide: what lies between them is measured anew

    const { padding } = spec;
    const across = spec.scales.find((scale) => scale.name === "x");
    const timely = across.type === "utc" || across.type === "time";
    help.textContent = timely
      ? _("Arrow keys lead from point to point; + and − zoom, 0 shows all. With a mouse: point, turn the wheel, drag.")
      : _("Arrow keys lead from point to point; a mouse points.");
    const size = () => {
      const least = chart.height ?? spec.height;
      const high = plot.clientHeight - padding.top - padding.bottom - 4;
      return { width: Math.max(plot.clientWidth, LEAST_WIDTH) - padding.left - padding.right, height: stretches ? Math.max(high, least) : least };
    };
    // The labels at the ends of lines: as near to these as they do not stand on each other, their names as long as fits.
    const names = columns[0]?.[3];
    const ended = records(chart.data.labels);
    const labels = ({ width, height }, [low, high], x) => {
      const gap = (LABEL_HEIGHT * (high - low)) / height;
      const placed = ended.toSorted((one, other) => one.value - other.value).map((row) => ({ ...row, place: Math.max(row.value, low + gap / 2) }));
      for (const [index, row] of placed.entries()) if (index) row.place = Math.max(row.place, placed[index - 1].place + gap);
      let limit = high;
      for (const row of placed.toReversed()) {
        row.place = Math.min(row.place, limit);
        limit = row.place - gap;
      }
      for (const row of placed) {
        const name = names?.[row.line];
        if (!name) continue;
        const letters = Math.floor((width + padding.right - x(Date.parse(row.date)) - LABEL_GAP) / LETTER);
        const text = `${row.text.split(" ")[0]} ${name}`;
        row.text = text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
      }
      return placed;
    };
    Object.assign(spec, size());
    canvas.replaceChildren();
    const embedded = await okr.embed(canvas, spec, { mode: "vega", ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: false, hover: false, logLevel: 1, loader });
    if (!dialog.open) {
      embedded.finalize();
      return;
    }
    view = embedded.view;
    const drawing = () => canvas.querySelector("svg");
    const settle = async () => {
      if (stretches && ended.length) {
        view.data("labels", labels({ width: view.width(), height: view.height() }, view.scale("y").domain(), view.scale("x")));
        await view.runAsync();
      }
    };
    const quiet = () => {
      drawing().setAttribute("aria-hidden", "true");
      drawing().setAttribute("direction", "ltr");
    };
    await settle();
    if (!view) return;
    quiet();

    // ---- points

    const placed = chart.points ?? { sets: [], line: "" };
    const value = (row, field) => (timely && (field === placed.x || field === placed.x2) ? Date.parse(row[field]) : row[field]);
    const lineOf = (row) => row[placed.line] ?? 0;
    const points = placed.sets
      .flatMap((set) => records(chart.data[set]))
      .sort((one, other) => lineOf(one) - lineOf(other) || value(one, placed.x) - value(other, placed.x));
    const middle = (scale, at) => scale(at) + (scale.bandwidth ? scale.bandwidth() / 2 : 0);
    const place = (row) => {
      const [x, y] = [view.scale("x"), view.scale("y")];
      const from = middle(x, value(row, placed.x));
      const to = placed.x2 ? middle(x, value(row, placed.x2)) : from;
      return { from, to, x: (from + to) / 2, y: middle(y, row[placed.y]), band: y.bandwidth ? y.bandwidth() : 0 };
    };
    let current = -1;
    let shown = null; // the days that are looked at; null: all of them

    const show = (at, aloud) => {
      current = at;
      ring.hidden = tip.hidden = at < 0;
      if (at < 0) return;
      const row = points[at];
      const { x, y } = place(row);
      const origin = canvas.getBoundingClientRect();
      const box = drawing().getBoundingClientRect();
      const left = box.left - origin.left + padding.left + x;
      const top = box.top - origin.top + padding.top + y;
      ring.style.left = `${left}px`;
      ring.style.top = `${top}px`;
      const [head, ...all] = columns;
      const others = all.filter((column) => said(row, column));
      tip.replaceChildren(
        element("b", { textContent: said(row, head), dir: "auto" }),
        ...others.flatMap((column) => [element("span", { textContent: column[0], dir: "auto" }), element("span", { className: "value", textContent: said(row, column), dir: "auto" })]),
      );
      const leftOf = left + tip.offsetWidth + 24 > plot.scrollLeft + plot.clientWidth;
      tip.style.left = `${Math.max(plot.scrollLeft, leftOf ? left - tip.offsetWidth - 14 : left + 14)}px`;
      tip.style.top = `${Math.max(plot.scrollTop, Math.min(top - tip.offsetHeight / 2, plot.scrollTop + plot.clientHeight - tip.offsetHeight))}px`;
      if (aloud) {
        ring.scrollIntoView({ block: "nearest", inline: "nearest" });
        live.textContent = [said(row, head), ...others.map((column) => `${column[0]}: ${said(row, column)}`)].join(", ");
      }
    };

    const at = (event) => {
      const box = drawing().getBoundingClientRect();
      return { x: event.clientX - box.left - padding.left, y: event.clientY - box.top - padding.top };
    };
    const nearest = ({ x, y }) => {
      let best = -1;
      let least = Infinity;
      for (const [index, row] of points.entries()) {
        const { from, to, y: level, band } = place(row);
        const dx = Math.max(0, Math.min(from, to) - x, x - Math.max(from, to));
        const dy = Math.max(0, Math.abs(y - level) - band / 2);
        const far = Math.hypot(band ? dx / 100 : dx, dy);
        if (far < least && (band ? dy < 4 : far < NEAR)) [best, least] = [index, far];
      }
      return best;
    };

    const lines = [...new Set(points.map(lineOf))];
    const ofLine = (line) => points.flatMap((row, index) => (lineOf(row) === line ? [index] : []));
    const toLine = (step) => {
      const here = points[current];
      const line = lines[lines.indexOf(lineOf(here)) + step];
      if (line === undefined) return current;
      const { x } = place(here);
      return ofLine(line).reduce((best, index) => (Math.abs(place(points[index]).x - x) < Math.abs(place(points[best]).x - x) ? index : best));
    };
    const towards = (key) => {
      const last = points.length - 1;
      if (current < 0) return key === "ArrowLeft" || key === "End" ? last : 0;
      if (key === "ArrowRight") return Math.min(current + 1, last);
      if (key === "ArrowLeft") return Math.max(current - 1, 0);
      if (key === "ArrowDown") return toLine(1);
      if (key === "ArrowUp") return toLine(-1);
      const own = lines.length === points.length ? [0, last] : ofLine(lineOf(points[current]));
      return key === "Home" ? own[0] : own.at(-1);
    };

    // ---- zoom along the days

    const whole = timely ? view.scale("x").domain().map(Number) : null;
    const days = records(chart.data.days);
    const look = async (from, to) => {
      const span = Math.min(Math.max(to - from, LEAST_DAYS * DAY), whole[1] - whole[0]);
      const centre = (from + to) / 2;
      const start = Math.min(Math.max(centre - span / 2, whole[0]), whole[1] - span);
      shown = span >= whole[1] - whole[0] ? null : [start, start + span];
      view.signal("okr_shown", shown);
      view.data("days", shown ? ticks(shown, view.width()) : days);
      await view.runAsync();
      if (view) await settle();
      if (!view) return;
      quiet();
      plot.classList.toggle("zoomed", shown !== null);
      wider.disabled = everything.disabled = shown === null;
      closer.disabled = shown !== null && shown[1] - shown[0] <= LEAST_DAYS * DAY;
      const { x } = current < 0 ? { x: 0 } : place(points[current]);
      show(x >= -1 && x <= view.width() + 1 ? current : -1, false);
    };
    const zoom = (factor, pixel) => {
      const [from, to] = shown ?? whole;
      const share = Math.min(Math.max(pixel / view.width(), 0), 1);
      const fixed = from + share * (to - from);
      return look(fixed - share * (to - from) * factor, fixed + (1 - share) * (to - from) * factor);
    };
    const pan = (pixels) => {
      const [from, to] = shown ?? whole;
      const moved = (pixels / view.width()) * (to - from);
      return look(from - moved, to - moved);
    };
    const focus = () => (current < 0 ? view.width() / 2 : place(points[current]).x);
    const closer = button("+", _("Zoom in"), () => zoom(STEP, focus()));
    const wider = button("−", _("Zoom out"), () => zoom(1 / STEP, focus()));
    const everything = button(_("Whole"), _("Whole time"), () => look(...whole));
    wider.disabled = everything.disabled = true;

    plot.addEventListener("keydown", async (event) => {
      const { key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key) && points.length) {
        event.preventDefault();
        const next = towards(key);
        const { x } = place(points[next]);
        if (shown && (x < 0 || x > view.width())) {
          current = next;
          await pan(view.width() / 2 - x);
        }
        show(next, true);
      } else if (timely && "+=-0".includes(key)) {
        event.preventDefault();
        if (key === "0") look(...whole);
        else zoom(key === "-" ? 1 / STEP : STEP, focus());
      }
    });

    let grabbed = null;
    plot.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return;
      if (grabbed !== null && event.buttons & 1) {
        pan(event.clientX - grabbed);
        grabbed = event.clientX;
      } else {
        grabbed = null;
        show(nearest(at(event)), false);
      }
    });
    plot.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") show(-1, false);
    });
    plot.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") show(nearest(at(event)), true);
      else if (timely && event.button === 0) {
        grabbed = event.clientX;
        plot.setPointerCapture(event.pointerId);
      }
    });
    plot.addEventListener("pointerup", () => { grabbed = null; });

    if (timely) {
      plot.addEventListener("wheel", (event) => {
        // Where the chart is higher than the screen, the wheel scrolls, and zooms with Control (or two fingers) alone.
        if (!event.ctrlKey && plot.scrollHeight > plot.clientHeight + 1) return;
        event.preventDefault();
        zoom(Math.exp(event.deltaY * 0.002), at(event).x);
      }, { passive: false });
      let fingers = null;
      const held = (touches) => {
        const [one, other = one] = touches;
        return { middle: (at(one).x + at(other).x) / 2, apart: Math.abs(one.clientX - other.clientX), count: touches.length };
      };
      plot.addEventListener("touchstart", (event) => { fingers = held(event.touches); }, { passive: true });
      plot.addEventListener("touchmove", async (event) => {
        const now = held(event.touches);
        if (!fingers || now.count !== fingers.count || (now.count < 2 && !shown)) return;
        event.preventDefault();
        const before = fingers;
        fingers = now;
        if (now.count > 1 && now.apart > 10 && before.apart > 10) await zoom(before.apart / now.apart, now.middle);
        if (view && shown) await pan(now.middle - before.middle);
      }, { passive: false });
      plot.addEventListener("touchend", () => { fingers = null; });
      zooming.append(wider, closer, everything);
      zooming.hidden = false;
    }

    const picked = () => picture(drawing(), title, dialog);
    saving.append(
      button("SVG", _("Download as SVG"), () => save(new Blob([picked().text], { type: "image/svg+xml" }), `${name}.svg`)),
      button("PNG", _("Download as PNG"), async () => save(await raster(picked()), `${name}.png`)),
    );
    if (points.length) {
      saving.append(button("CSV", _("Download the data as CSV"), () => save(new Blob([table(columns, points)], { type: "text/csv;charset=utf-8" }), `${name}.csv`)));
    }
    saving.hidden = false;

    let waits = false;
    resized = new ResizeObserver(() => {
      if (waits || !view) return;
      waits = true;
      requestAnimationFrame(async () => {
        waits = false;
        if (!view) return;
        const { width, height } = size();
        if (width === view.width() && height === view.height()) return;
        await view.width(width).height(height).runAsync();
        if (view) await settle();
        if (!view) return;
        quiet();
        show(current, false);
      });
    });
    resized.observe(plot);
    plot.dataset.ready = "";
  };
})();
