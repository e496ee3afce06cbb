// The form that builds a new check-in file.
"use strict";
(() => {
  const { _ } = okr;
  const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]|\p{Surrogate}/gu;
  const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
  const LONGEST_ADDRESS = 7000; // servers refuse longer ones

  // A text as YAML has it between double quotes, in one line.
  const quoted = (text) => {
    const clean = text.replace(FORBIDDEN, "").replace(/\s+/g, " ").trim();
    return `"${clean.replace(/[\\"]/g, "\\$&")}"`;
  };

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  const labelled = (label, control, ...after) => make("label", {}, make("span", {}, label), control, ...after);

  const remembered = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name) ?? "";
      localStorage.setItem(name, value);
    } catch { /* a browser may keep nothing */ }
    return "";
  };

  const today = () => {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  // The file's name: none that the folder has already.
  const fileName = (known, day) => {
    const first = `${day}-${known.word}`;
    let name = `${first}.yml`;
    for (let number = 2; known.taken.includes(name); number += 1) name = `${first}-${number}.yml`;
    return name;
  };

  const fileText = (known, by, day, rows) => {
    const lines = [];
    if (by.trim()) lines.push(`by: ${quoted(by)}`);
    if (!known.start || day < known.start || day > known.end) lines.push(`cycle: ${quoted(known.cycle)}`);
    lines.push("check_ins:");
    for (const row of rows) {
      const parts = [];
      if (row.value) parts.push(`value: ${row.value}`);
      if (row.confidence) parts.push(`confidence: ${row.confidence}`);
      if (row.note) parts.push(`note: ${quoted(row.note)}`);
      lines.push(`  ${row.reference}: {${parts.join(", ")}}`);
    }
    return `${lines.join("\n")}\n`;
  };

  const row = (asked, number) => {
    const hint = `okr_propose_hint_${number}`;
    const confidence = make("input", { type: "number", min: "0", max: "10", step: "0.5", "aria-describedby": hint });
    const note = make("textarea", { rows: "2", maxlength: "1000", "aria-describedby": hint });
    const said = make("p", { class: "waits", id: hint, hidden: true });
    let value = null;
    let field = [];
    if (asked.takes === "number") {
      value = make("input", { type: "number", step: "any", "aria-describedby": hint });
      field = [labelled(_("Value"), value, ...(asked.unit ? [make("span", { class: "note" }, asked.unit)] : []))];
    } else if (asked.takes === "choice") {
      value = make("select", { "aria-describedby": hint }, make("option", { value: "" }, "–"), make("option", { value: "true" }, _("done")), make("option", { value: "false" }, _("not done yet")));
      field = [labelled(_("Value"), value)];
    } else {
      field = [make("p", { class: "note" }, asked.elsewhere)];
    }
    const now = asked.now ? [" ", make("span", { class: "note" }, _("now %(value)s", { value: asked.now }))] : [];
    const element = make("fieldset", {}, make("legend", {}, asked.title, ...now),
      make("div", {}, ...field, labelled(_("Confidence (0–10)"), confidence), labelled(_("Note"), note)), said);

    // What is filled in; null for nothing, or for what cannot be used.
    const read = (day) => {
      const controls = [value, confidence].filter(Boolean);
      const wrong = controls.find((each) => each.validity?.badInput || each.validity?.rangeOverflow || each.validity?.rangeUnderflow || (each.type === "number" && each.value && !NUMBER.test(each.value)));
      const found = { reference: asked.reference, value: value?.value ?? "", confidence: confidence.value, note: note.value.trim() };
      const filled = found.value !== "" || found.confidence !== "" || quoted(found.note) !== '""' || wrong;
      const again = filled && (asked.days ?? []).includes(day);
      for (const each of controls) each.toggleAttribute("aria-invalid", each === wrong);
      said.hidden = !(again || wrong);
      said.textContent = wrong ? _("This is no number that can be used here; confidence goes from 0 to 10.") : again ? _("This key result has a check-in on that day already, so it is left out. Choose another day.") : "";
      return filled && !again && !wrong ? found : null;
    };
    return { element, read };
  };

  const form = (place) => {
    const known = JSON.parse(place.querySelector("script").textContent);
    const by = make("input", { type: "text", maxlength: "200", autocomplete: "name" });
    const day = make("input", { type: "date", required: true });
    by.value = remembered("okr_by");
    day.value = today();
    const rows = known.asked.map(row);
    const path = make("code");
    const preview = make("pre", { tabindex: "0", "aria-label": _("The new file") });
    const open = make("a", { class: "button", target: "_blank", rel: "noopener" });
    const hint = make("p", { class: "note", role: "status" });
    const copy = okr.copyButton(_("Copy the text"), () => [preview.textContent]);
    const copyButton = copy.querySelector("button");
    const fields = make("form", {},
      make("div", { class: "who" }, labelled(_("Your name"), by), labelled(_("Day"), day)), ...rows.map((each) => each.element),
      make("p", { class: "file" }, _("The new file"), " ", path), preview, hint,
      make("p", { class: "buttons" }, ...(known.new ? [open, " "] : []), copy));

    const update = () => {
      const filled = rows.map((each) => each.read(day.value)).filter(Boolean);
      const ready = filled.length > 0 && day.value !== "";
      const name = fileName(known, day.value || "YYYY-MM-DD");
      const text = ready ? fileText(known, by.value, day.value, filled) : "";
      path.textContent = `${known.folder}/${name}`;
      preview.textContent = text;
      preview.hidden = !ready;
      copyButton.disabled = !ready;
      const address = known.new.replaceAll("{name}", encodeURIComponent(name));
      const whole = address.replaceAll("{text}", encodeURIComponent(text));
      const along = ready && known.new.includes("{text}") && whole.length <= LONGEST_ADDRESS;
      open.textContent = known.forge ? _("Open the new file on %(forge)s", { forge: known.forge }) : _("Open the new file");
      if (ready) open.href = along ? whole : address.replace(/[?&][^?&=]*=\{text\}/, "");
      else open.removeAttribute("href");
      open.toggleAttribute("aria-disabled", !ready);
      hint.textContent = !ready ? _("Fill in a value, a confidence or a note; the file appears here.")
        : along ? _("The new file opens with this text in it; there you propose it to the others.")
          : known.new ? _("Copy the text first, then put it into the new file that opens.")
            : _("Copy the text into a new file of this name.");
    };
    fields.addEventListener("input", update);
    fields.addEventListener("submit", (event) => event.preventDefault());
    by.addEventListener("change", () => remembered("okr_by", by.value.trim()));
    place.querySelector(".by-hand").replaceWith(fields);
    update();
  };

  okr.load("copying").then(() => {
    for (const place of document.querySelectorAll("[data-okr-script='propose']")) form(place);
  });
})();
