// Finds goals and pages by words, and by what they are. Knows nothing of the page that it is on.
//
// search/index.js has the columns (okrsite/site/search/index.py). What is asked for is looked up in one long text of
// all titles, texts and ids, since a browser does that fastest: words that begin so are found, and words that hold it.
// Where there are none, those that differ in a letter or two are (spellings.js).
"use strict";
(() => {
  const { okr } = window;
  const NONE = -1;
  const FIELDS = ["kind", "level", "unit", "cycle", "status", "owner"];
  // What is asked for most stands first among equals.
  const KINDS = ["unit", "objective", "kpi", "owner", "page", "key_result"];
  const SLICE = 12; // milliseconds of work before the page gets its turn
  // How well a word fits; what is found in a text or by way of the unit or owner counts for less.
  const EXACT = 0, BEGINS = 1, HOLDS = 3, SIMILAR = 4, UNMATCHED = 255;
  const IN_TEXT = 4, IN_RELATED = 3, MISSING = 20;
  // An id or a title that is what was asked comes before all words.
  const ID = 0, END_OF_ID = 1, TITLE = 2, BEGINS_TITLE = 3, WORDS = 4;

  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const OTHER = /[^\0-\x7f]/;
  const isPlain = (text) => !OTHER.test(text);
  const fold = (text) => {
    const small = text.toLowerCase();
    if (isPlain(small)) return small;
    return small.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(LETTER, (letter) => LETTERS[letter]);
  };
  const wordsOf = (text) => text.match(isPlain(text) ? /[A-Za-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
  // Umlauts as those write them who have no key for them.
  const SPELT = { ä: "ae", ö: "oe", ü: "ue" };
  const spelt = (word) => fold(word.normalize("NFC").toLowerCase().replace(/[äöü]/g, (letter) => SPELT[letter]));
  // A word as it may be asked for. Folding takes some letters apart, "⒜" to "(a)": such signs do not end a word.
  const whole = (form) => form.replace(/[^A-Za-z0-9\x80-\uffff]/g, "\x80");
  const formed = (word) => [...new Set([fold(word), spelt(word)].map(whole))];
  const known = new Map(); // most words come again and again
  const forms = (word) => known.get(word) ?? known.set(word, formed(word)).get(word);
  const allForms = (text) => wordsOf(text).flatMap(forms).join(" ");
  const isIn = (code, first, last) => code >= first && code <= last;
  const inWord = (code) => code > 127 || isIn(code, 97, 122) || isIn(code, 48, 57) || isIn(code, 65, 90); // a-z 0-9 A-Z
  // Whether a word is looked for within others, too: a syllable of our letters, or any sign of others.
  const inside = (word) => word.length > 2 || /[^\u0000-\u024f]/.test(word);

  const turn = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel(); // sooner than a timer
      port1.onmessage = done;
      port2.postMessage(0);
    });

  // Takes a generator's steps one after the other and lets the page breathe in between; fulfilled with what it returns.
  const inSlices = async (steps) => {
    for (let begun = performance.now(); ; ) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - begun < SLICE) continue;
      await turn();
      begun = performance.now();
    }
  };

  // The index as columns with a place for each entry, one kind after the other, and what is looked through as texts with
  // a line for each entry. Nothing is made of each entry that can be made of those that are shown.
  const columns = ({ cycles, units, objectives, kpis, owners, pages }) => {
    const krs = objectives.key_results;
    const blocks = { unit: units, objective: objectives, kpi: kpis, owner: owners, page: pages, key_result: krs };
    const lines = (block, name) => (block.title ? block[name].split("\n") : []);
    const titles = KINDS.map((kind) => lines(blocks[kind], "title"));
    const filled = (value, at) => Array(titles[at].length).fill(value);
    const column = (of) => [].concat(...KINDS.map((kind, at) => of[kind] ?? filled("", at)));
    const text = (name) =>
      KINDS.flatMap((kind, at) => (titles[at].length ? (blocks[kind][name] ?? filled("", at).join("\n")) : [])).join("\n");
    const first = {}; // the place of each kind's first entry
    const count = KINDS.reduce((sum, kind, at) => (first[kind] = sum) + titles[at].length, 0);
    const numbers = (of) => {
      const all = new Int32Array(count).fill(NONE);
      for (const kind of KINDS) all.set(of[kind] ?? [], first[kind]);
      return all;
    };

    let above = [];
    const unitIds = lines(units, "id").map((line) => {
      const [same, ...rest] = line.split("/");
      above = [...above.slice(0, Number(same)), ...rest];
      return above.join("/");
    });
    const lastOfUnits = unitIds.map((id) => id.slice(id.lastIndexOf("/") + 1));
    // What is said once of an objective, for each of its key results.
    const ofEach = (values) => {
      const each = new Int32Array(count - first.key_result);
      let from = 0;
      values.forEach((value, at) => each.fill(value, from, from += krs.count[at]));
      return each;
    };
    const own = (name) => Object.fromEntries(KINDS.map((kind) => [kind, blocks[kind][name]]));
    const places = (some) => [...some.keys()];
    const unit = numbers({ ...own("unit"), unit: places(unitIds), key_result: ofEach(objectives.unit) });
    const ownerIds = lines(owners, "id");
    const all = {
      kind: KINDS.flatMap(filled),
      last: column({
        unit: lastOfUnits,
        objective: lines(objectives, "id"),
        kpi: lines(kpis, "id"),
        owner: ownerIds,
        key_result: lines(krs, "id"),
      }),
      title: titles.flat(),
      text: column({
        unit: lines(units, "text"),
        objective: lines(objectives, "text"),
        kpi: lines(kpis, "text"),
        page: lines(pages, "text"),
      }),
      place: column({ page: lines(pages, "place") }),
      address: column({ page: lines(pages, "address") }), // the home page's is empty
      unit,
      level: unit.map((at) => units.level[at] ?? NONE),
      cycle: numbers({ objective: objectives.cycle, key_result: ofEach(objectives.cycle) }),
      status: numbers(own("status")),
      owner: numbers({ ...own("owner"), owner: places(ownerIds) }),
      parent: numbers({ key_result: ofEach(places(objectives.unit)) }),
    };
    const texts = { title: text("title"), text: text("text"), last: all.last.join("\n") };
    return { all, first, texts, unitIds };
  };

  // Many texts as one, a line each, in which the browser looks for another.
  class Lines {
    constructor(text) {
      this.text = `\n${text}\n`;
    }

    // Where lines end; many texts are looked through of which nobody has to know.
    get breaks() {
      const breaks = [];
      for (let at = 0; at >= 0; at = this.text.indexOf("\n", at + 1)) breaks.push(at);
      Object.defineProperty(this, "breaks", { value: breaks });
      return breaks;
    }

    // Tells of each place where something stands, in which line it is.
    places(sought, tell) {
      const { text } = this;
      let at = text.indexOf(sought);
      if (at < 0) return;
      const { breaks } = this;
      for (let line = 0; at >= 0; at = text.indexOf(sought, at + 1)) {
        while (breaks[line + 1] <= at) line++;
        tell(line, at);
      }
    }

    // Tells of each word that is, begins with or holds another, in which line it is and how it fits.
    words(word, tell) {
      const { text } = this;
      this.places(word, (line, at) => {
        const begins = !inWord(text.charCodeAt(at - 1));
        tell(line, !begins ? HOLDS : inWord(text.charCodeAt(at + word.length)) ? BEGINS : EXACT);
      });
    }
  }

  // A text in small letters, with those lines made by a function that have other letters than English.
  function* compared(text, made) {
    if (isPlain(text)) return text.toLowerCase();
    const found = [];
    for (const line of text.split("\n")) {
      found.push(isPlain(line) ? line.toLowerCase() : made(line));
      yield;
    }
    return found.join("\n");
  }

  class Finder {
    // A finder, made in steps.
    static *of(data) {
      const finder = new Finder();
      const { all, first, texts, unitIds } = columns(data);
      yield;
      const titles = new Lines(yield* compared(texts.title, fold));
      const ends = new Lines(texts.last.toLowerCase());
      const words = [];
      for (const text of [texts.title, texts.text, texts.last]) words.push(yield* compared(text, allForms));
      const text = words.join("\n");
      const spellings = okr.spellings(text);
      Object.assign(finder, { data, all, first, unitIds, titles, ends, words: new Lines(text), spellings });
      finder.cycleEntry = data.cycles.map(([id]) => all.address.indexOf(`cycles/${id}/`));
      return finder;
    }

    id(at) {
      const { all, data, first, unitIds } = this;
      const last = all.last[at];
      switch (all.kind[at]) {
        case "unit": return unitIds[all.unit[at]];
        case "objective": return `${unitIds[all.unit[at]]}/${data.cycles[all.cycle[at]][0]}/${last}`;
        case "kpi": return `${unitIds[all.unit[at]]}/kpis/${last}`;
        case "owner": return `owners/${last}`;
        case "key_result": return `${this.id(first.objective + all.parent[at])}/${last}`;
        default: return all.address[at].replace(/\/$/, "");
      }
    }

    entry(at) {
      const entry = Object.fromEntries(Object.entries(this.all).map(([name, column]) => [name, column[at]]));
      entry.id = this.id(at);
      const { kind, id, last } = entry;
      if (kind === "key_result") entry.address = `${id.slice(0, -last.length)}#${last}`;
      else if (kind !== "page") entry.address = `${id}/`;
      return entry;
    }

    // All entries of a kind.
    every(kind) {
      return [...this.all.kind.keys()].filter((at) => this.all.kind[at] === kind).map((at) => this.entry(at));
    }

    // How well each entry fits a word, and whether a word of the index is meant by it.
    fits(word) {
      const { all, words, first } = this;
      const count = all.kind.length;
      const fits = new Uint8Array(count).fill(UNMATCHED);
      let found = false;
      const fit = (line, how) => {
        const at = line % count;
        found = true;
        fits[at] = Math.min(fits[at], line < count ? how : how + IN_TEXT);
      };
      const worst = inside(word) ? HOLDS : BEGINS;
      words.words(word, (line, how) => { if (how <= worst) fit(line, how); });
      const slips = found ? new Map() : this.spellings.like(word);
      for (const [each, more] of slips) {
        words.words(each, (line, how) => { if (how === EXACT) fit(line, SIMILAR + more); });
      }
      const own = fits.slice();
      const related = (at) => (own[at] < HOLDS + 1 ? own[at] + IN_RELATED : UNMATCHED);
      for (let at = 0; at < count; at++) {
        const unit = all.unit[at], owner = all.owner[at], cycle = all.cycle[at];
        let best = own[at];
        if (unit >= 0) best = Math.min(best, related(first.unit + unit)); // a unit's is its own, which is no better
        if (owner >= 0) best = Math.min(best, related(first.owner + owner));
        if (cycle >= 0) best = Math.min(best, related(this.cycleEntry[cycle]));
        fits[at] = best;
      }
      const means = (form) => slips.has(form) || form.startsWith(word) || (worst === HOLDS && form.includes(word));
      return { fits, means };
    }

    // What all that was asked is of each entry.
    ranks(asked, id) {
      const ranks = new Uint8Array(this.all.kind.length).fill(WORDS);
      const { all, first, titles, ends } = this;
      if (asked) titles.places(`\n${asked}`, (at, place) => {
        ranks[at] = titles.text[place + 1 + asked.length] === "\n" ? TITLE : BEGINS_TITLE;
      });
      const compare = (at) => {
        const own = this.id(at).toLowerCase();
        if (own === id) ranks[at] = ID;
        else if (own.endsWith(`/${id}`)) ranks[at] = END_OF_ID;
      };
      if (asked && id) {
        ends.places(`\n${id.slice(id.lastIndexOf("/") + 1)}\n`, compare);
        for (let at = first.page; all.kind[at] === "page"; at++) compare(at); // their ids end in no part of their own
      }
      return ranks;
    }

    // {found: entries, best first; counts: field -> value -> how many there would be, where filters are given; total;
    // partly: whether none has all words; marks: has the words of the index that were found}.
    find(query, filters, most = Infinity) {
      const asked = fold(query.trim()).slice(0, 200);
      const id = query.trim().toLowerCase().replace(/^okr:|\/$/g, "");
      const words = [...new Set(wordsOf(asked))].slice(0, 12);
      const { all } = this;
      const each = words.map((word) => this.fits(word));
      const ranks = this.ranks(asked, id);
      const sums = new Uint16Array(ranks.length);
      const missing = new Uint8Array(ranks.length);
      for (const { fits } of each) {
        for (let at = 0; at < fits.length; at++) {
          if (fits[at] === UNMATCHED) missing[at]++;
          sums[at] += fits[at] === UNMATCHED ? MISSING : fits[at];
        }
      }
      // Gathers the entries in which not more words are missing than may be.
      const search = (few) => {
        const keys = [];
        const counts = Object.fromEntries(FIELDS.map((field) => [field, new Map()]));
        const allowed = this.allowed(filters ?? {});
        for (let at = 0; at < ranks.length; at++) {
          const fits = words.length ? missing[at] <= few : !asked;
          if (!fits && ranks[at] === WORDS) continue;
          let failing = "";
          let fails = 0;
          for (const [field, holds] of allowed) if (!holds(at)) { failing = field; fails++; }
          if (fails > 1) continue;
          if (filters) for (const field of fails ? [failing] : FIELDS) {
            const value = all[field][at];
            counts[field].set(value, (counts[field].get(value) ?? 0) + 1);
          }
          if (fails) continue;
          const order = KINDS.indexOf(all.kind[at]) * 1000 + Math.min(all.cycle[at] + 1, 999);
          keys.push(((ranks[at] * 256 + (fits ? Math.min(sums[at], 255) : 0)) * 6000 + order) * 2 ** 22 + at);
        }
        return { keys: Float64Array.from(keys).sort(), counts };
      };
      let { keys, counts } = search(0);
      let partly = false;
      if (!keys.length && words.length > 1) {
        ({ keys, counts } = search(words.length - 1));
        partly = keys.length > 0;
      }
      const found = Array.from(keys.subarray(0, Math.min(most, keys.length)), (key) => this.entry(key % 2 ** 22));
      const marks = { has: (form) => each.some(({ means }) => means(form)) };
      return { found, counts, partly, total: keys.length, marks };
    }

    // What filters ask for: a unit stands for itself and those below it.
    allowed(filters) {
      const { all, unitIds } = this;
      return FIELDS.filter((field) => filters[field] !== undefined && filters[field] !== "").map((field) => {
        const wanted = filters[field];
        if (field !== "unit") return [field, (at) => all[field][at] === wanted];
        const above = `${unitIds[wanted]}/`;
        const below = unitIds.map((id) => `${id}/`.startsWith(above));
        return [field, (at) => below[all.unit[at]] ?? false];
      });
    }

    // A title in pieces: [[text, whether it is what was found], ...].
    pieces(title, marks) {
      return title
        .split(isPlain(title) ? /([A-Za-z0-9]+)/ : /([\p{L}\p{N}\p{M}]+)/u)
        .map((piece, at) => [piece, at % 2 === 1 && forms(piece).some((form) => marks.has(form))])
        .filter(([piece]) => piece);
    }

    // Where a title does not have what was asked, the words around it in the text.
    excerpt({ title, text }, marks) {
      const is = (pieces) => pieces.findIndex(([, found]) => found);
      if (!text || is(this.pieces(title, marks)) >= 0) return "";
      const pieces = this.pieces(text, marks);
      const at = is(pieces);
      if (at < 0) return "";
      const around = pieces.slice(Math.max(at - 8, 0), at + 9).map(([piece]) => piece).join("");
      return `${at > 8 ? "…" : ""}${around.trim()}${at + 9 < pieces.length ? "…" : ""}`;
    }

    unit(entry) {
      return entry.unit >= 0 && entry.kind !== "unit" ? this.all.title[this.first.unit + entry.unit] : "";
    }

    owner(entry) {
      return entry.owner >= 0 && entry.kind !== "owner" ? this.all.title[this.first.owner + entry.owner] : "";
    }

    // The entries whose ids are most like an address, for those who mistyped one.
    near(address, most = 5) {
      const asked = address.toLowerCase().slice(0, 500).replace(/index\.html$/, "").replace(/^\/+|\/+$/g, "");
      // Dice's coefficient of the pairs of letters; a pair is told by its place in a table.
      const left = new Uint8Array(2 ** 16);
      const pair = (text, at) => ((text.charCodeAt(at) * 263) ^ text.charCodeAt(at + 1)) & 0xffff;
      const likeness = (id) => {
        let shared = 0;
        for (let at = 0; at + 1 < asked.length; at++) left[pair(asked, at)]++;
        for (let at = 0; at + 1 < id.length; at++) {
          const place = pair(id, at);
          if (left[place]) {
            left[place]--;
            shared++;
          }
        }
        for (let at = 0; at + 1 < asked.length; at++) left[pair(asked, at)] = 0;
        return (2 * shared) / Math.max(id.length + asked.length - 2, 1);
      };
      const { kind, parent } = this.all;
      // Among equals a key result comes after its objective.
      const place = (at) => (parent[at] < 0 ? at : this.first.objective + parent[at] + 0.5);
      return kind
        .map((_kind, at) => [likeness(this.id(at).toLowerCase()), place(at), at])
        .filter(([like]) => like >= 0.5)
        .sort(([a, first], [b, second]) => b - a || first - second)
        .slice(0, most)
        .map(([, , at]) => this.entry(at));
    }
  }

  let ready;
  // Loads the index at the first call; fulfilled with the finder.
  okr.finder = () => {
    ready ??= (async () => {
      let data;
      okr.index = (columns) => { data = columns; };
      await Promise.all([okr.load("lunr"), okr.load("spellings"), okr.load("../search/index")]);
      await turn();
      const finder = await inSlices(Finder.of(data));
      setTimeout(() => inSlices(finder.spellings.steps), 50); // after the first answer is on the screen
      return finder;
    })();
    return ready;
  };
})();
