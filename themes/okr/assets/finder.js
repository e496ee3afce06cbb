// Finds goals and pages by words, and by what they are. Knows nothing of the page that it is on.
//
// search/index.js has the columns (okrsite/site/search/index.py). Words that begin as asked are found, words that hold
// what was asked, and else those that differ in a letter or two: lunr's token sets compare them.
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
  const IN_TEXT = 4, IN_RELATED = 3;

  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const PLAIN = /^[\0-\x7f]*$/;
  const fold = (text) => {
    const small = text.toLowerCase();
    if (PLAIN.test(small)) return small;
    return small.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(LETTER, (letter) => LETTERS[letter]);
  };
  const wordsOf = (text) => text.match(PLAIN.test(text) ? /[A-Za-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
  // Umlauts as those write them who have no key for them.
  const SPELT = { ä: "ae", ö: "oe", ü: "ue" };
  const spelt = (word) => fold(word.normalize("NFC").toLowerCase().replace(/[äöü]/g, (letter) => SPELT[letter]));
  const known = new Map(); // most words come again and again
  const forms = (word) => {
    if (!known.has(word)) known.set(word, [...new Set([fold(word), spelt(word)])]);
    return known.get(word);
  };

  const lines = (text) => (text ? text.split("\n") : []);
  const turn = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel(); // sooner than a timer
      port1.onmessage = done;
      port2.postMessage(0);
    });

  // Does a step after the other, and lets the page breathe in between.
  const inSlices = async (steps, step) => {
    let begun = performance.now();
    for (let at = 0; at < steps; at++) {
      step(at);
      if (at % 64 === 63 && performance.now() - begun > SLICE) {
        await turn();
        begun = performance.now();
      }
    }
  };

  // The columns as entries: {kind, id, title, address, unit, level, cycle, status, owner, text, place}, where unit,
  // level, cycle, status and owner are numbers.
  const decoded = async (data) => {
    const entries = [];
    const none = { unit: NONE, level: NONE, cycle: NONE, status: NONE, owner: NONE, text: "", place: "" };
    const titled = ({ id, title, text }) => [id, title, text].map(lines);
    const { units, objectives, kpis, pages, owners } = data;
    const [unitIds, unitTitles, unitTexts] = titled(units);
    let above = [];
    await inSlices(unitTitles.length, (at) => {
      const [same, ...rest] = unitIds[at].split("/");
      above = [...above.slice(0, Number(same)), ...rest];
      const id = above.join("/");
      entries.push({ ...none, kind: "unit", id, title: unitTitles[at], address: `${id}/`, unit: at,
        level: units.level[at], status: units.status[at], owner: units.owner[at], text: unitTexts[at] ?? "" });
    });
    const unitsEntries = entries.slice();
    const [ids, titles, tags] = titled(objectives);
    const krs = objectives.key_results;
    const [krIds, krTitles] = titled(krs);
    let kr = 0;
    await inSlices(titles.length, (at) => {
      const unit = unitsEntries[objectives.unit[at]];
      const cycle = objectives.cycle[at];
      const id = `${unit.id}/${data.cycles[cycle][0]}/${ids[at]}`;
      const shared = { ...none, unit: unit.unit, level: unit.level, cycle };
      entries.push({ ...shared, kind: "objective", id, title: titles[at], address: `${id}/`,
        status: objectives.status[at], owner: objectives.owner[at], text: tags[at] ?? "" });
      for (const end = kr + krs.count[at]; kr < end; kr++) {
        entries.push({ ...shared, kind: "key_result", id: `${id}/${krIds[kr]}`, title: krTitles[kr],
          address: `${id}/#${krIds[kr]}`, status: krs.status[kr], owner: krs.owner[kr] });
      }
    });
    const [kpiIds, names, definitions] = titled(kpis);
    await inSlices(names.length, (at) => {
      const unit = unitsEntries[kpis.unit[at]];
      const id = `${unit.id}/kpis/${kpiIds[at]}`;
      entries.push({ ...none, kind: "kpi", id, title: names[at], address: `${id}/`, unit: unit.unit, level: unit.level,
        status: kpis.status[at], owner: kpis.owner[at], text: definitions[at] ?? "" });
    });
    const slugs = lines(owners.id);
    lines(owners.title).forEach((title, at) => {
      entries.push({ ...none, kind: "owner", id: `owners/${slugs[at]}`, title, address: `owners/${slugs[at]}/`, owner: at });
    });
    const [pageTitles, addresses, places, texts] = [pages.title, pages.address, pages.place, pages.text].map(lines);
    pageTitles.forEach((title, at) => {
      const address = addresses[at]; // the home page's is empty
      entries.push({ ...none, kind: "page", id: address.replace(/\/$/, ""), title, address, place: places[at] ?? "",
        text: texts[at] ?? "" });
    });
    return entries;
  };

  // Which entries have a word: folded word -> numbers of entries, those that have it in their text as ~number.
  const vocabulary = async (entries) => {
    const found = new Map();
    const places = new Map(); // a word as it is written -> what `found` has of each of its forms
    const placesOf = (word) => {
      const of = forms(word).map((form) => found.get(form) ?? found.set(form, []).get(form));
      places.set(word, of);
      return of;
    };
    const add = (text, entry) => {
      const words = wordsOf(text);
      for (let at = 0; at < words.length; at++) {
        const of = places.get(words[at]) ?? placesOf(words[at]);
        for (let form = 0; form < of.length; form++) {
          const has = of[form];
          const last = has[has.length - 1];
          if (last !== entry && last !== ~entry) has.push(entry);
        }
      }
    };
    await inSlices(entries.length, (at) => {
      const entry = entries[at];
      const { title, text, id, kind, cycle } = entry;
      entry.folded = fold(title);
      entry.order = KINDS.indexOf(kind) * 1000 + Math.min(cycle + 1, 999);
      add(title, at);
      add(kind === "page" ? text : `${text} ${id.slice(id.lastIndexOf("/") + 1)}`, ~at);
    });
    return found;
  };

  // All words as lunr's token set, which only those who mistype need: made in time that nobody waits for, or when asked.
  class Spellings {
    constructor(sorted) {
      this.sorted = sorted;
      this.next = 0;
      this.builder = new window.lunr.TokenSet.Builder();
    }

    async prepare() {
      await inSlices(this.sorted.length, () => this.insert());
    }

    insert() {
      if (this.next < this.sorted.length) this.builder.insert(this.sorted[this.next++]);
    }

    get set() {
      while (this.next < this.sorted.length) this.insert();
      this.finished ??= (this.builder.finish(), this.builder.root);
      return this.finished;
    }
  }

  // The set of all words that begin like one of a set, for what is still being typed.
  const openEnded = (set) => {
    const seen = new Set();
    const waiting = [set];
    while (waiting.length) {
      const node = waiting.pop();
      if (seen.has(node)) continue;
      seen.add(node);
      waiting.push(...Object.values(node.edges));
      if (node.final) node.edges["*"] = node;
    }
    return set;
  };

  class Finder {
    constructor(data, entries, words) {
      const sorted = [...words.keys()].sort();
      Object.assign(this, { data, entries, words, sorted, spellings: new Spellings(sorted) });
      this.unitEntry = entries.findIndex((entry) => entry.kind === "unit");
      this.ownerEntry = entries.findIndex((entry) => entry.kind === "owner");
      this.cycleEntry = data.cycles.map(([id]) => entries.findIndex((entry) => entry.address === `cycles/${id}/`));
    }

    // Where the first of the sorted words is that is not before a word.
    place(word) {
      let first = 0;
      for (let end = this.sorted.length; first < end; ) {
        const middle = (first + end) >> 1;
        if (this.sorted[middle] < word) first = middle + 1;
        else end = middle;
      }
      return first;
    }

    // The words of the index that a word stands for, each with how well it fits.
    similar(word) {
      const found = new Map();
      if (this.words.has(word)) found.set(word, EXACT);
      for (let at = this.place(word); this.sorted[at]?.startsWith(word); at++) {
        if (this.sorted[at] !== word) found.set(this.sorted[at], BEGINS);
      }
      const many = word.length > 2 || /[^\u0000-\u024f]/.test(word);
      if (many) for (const each of this.sorted) if (!found.has(each) && each.includes(word)) found.set(each, HOLDS);
      const { TokenSet } = window.lunr;
      for (let letters = 1; !found.size && letters <= Math.min(2, Math.floor(word.length / 4)); letters++) {
        const { set } = this.spellings;
        for (const each of set.intersect(TokenSet.fromFuzzyString(word, letters)).toArray()) found.set(each, SIMILAR);
        for (const each of set.intersect(openEnded(TokenSet.fromFuzzyString(word, letters))).toArray()) {
          if (!found.has(each)) found.set(each, SIMILAR + 1);
        }
      }
      return found;
    }

    // How well each entry fits a word.
    fits(word) {
      const { entries } = this;
      const fits = new Uint8Array(entries.length).fill(UNMATCHED);
      const words = this.similar(word);
      for (const [each, how] of words) {
        for (const code of this.words.get(each)) {
          const at = code < 0 ? ~code : code;
          fits[at] = Math.min(fits[at], code < 0 ? how + IN_TEXT : how);
        }
      }
      const own = fits.slice();
      const related = (at) => (at >= 0 && own[at] < HOLDS + 1 ? own[at] + IN_RELATED : UNMATCHED);
      for (let at = 0; at < entries.length; at++) {
        const { kind, unit, owner, cycle } = entries[at];
        if (kind !== "unit" && unit >= 0) fits[at] = Math.min(fits[at], related(this.unitEntry + unit));
        if (kind !== "owner" && owner >= 0) fits[at] = Math.min(fits[at], related(this.ownerEntry + owner));
        if (cycle >= 0) fits[at] = Math.min(fits[at], related(this.cycleEntry[cycle]));
      }
      return { fits, words };
    }

    // An address or a title that is what was asked comes before all words.
    rank(at, asked, id) {
      const entry = this.entries[at];
      if (id) {
        const own = entry.id.toLowerCase();
        if (own === id) return 0;
        if (own.endsWith(`/${id}`)) return 1;
      }
      return entry.folded === asked ? 2 : entry.folded.startsWith(asked) ? 3 : NONE;
    }

    // {found: entries, best first; counts: field -> value -> how many there would be, where filters are given; total;
    // partly: whether none has all words; marks: the words of the index that were found}.
    find(query, filters, most = Infinity) {
      const asked = fold(query.trim()).slice(0, 200);
      const id = query.trim().toLowerCase().replace(/^okr:|\/$/g, "");
      const words = [...new Set(wordsOf(asked))].slice(0, 12);
      const { entries } = this;
      const each = words.map((word) => this.fits(word));
      const wanted = words.length;
      let partly = false;
      const score = (at) => {
        let sum = 0, missing = 0;
        for (const { fits } of each) {
          if (fits[at] === UNMATCHED) missing++;
          else sum += fits[at];
        }
        return missing > (partly ? wanted - 1 : 0) ? NONE : sum + missing * 20;
      };
      const search = () => {
        const keys = [];
        const counts = Object.fromEntries(FIELDS.map((field) => [field, new Map()]));
        const allowed = this.allowed(filters ?? {});
        for (let at = 0; at < entries.length; at++) {
          const rank = asked ? this.rank(at, asked, id) : 4;
          const sum = wanted ? score(at) : asked ? NONE : 0;
          if (sum < 0 && rank < 0) continue;
          let failing = "";
          let fails = 0;
          for (const [field, holds] of allowed) if (!holds(entries[at])) { failing = field; fails++; }
          if (fails > 1) continue;
          if (filters) for (const field of fails ? [failing] : FIELDS) {
            const value = entries[at][field];
            counts[field].set(value, (counts[field].get(value) ?? 0) + 1);
          }
          if (fails) continue;
          const first = rank < 0 ? 4 : rank;
          keys.push(((first * 256 + Math.min(Math.max(sum, 0), 255)) * 6000 + entries[at].order) * 2 ** 22 + at);
        }
        return { keys: Float64Array.from(keys).sort(), counts };
      };
      let { keys, counts } = search();
      if (!keys.length && wanted > 1) {
        partly = true;
        ({ keys, counts } = search());
        partly = keys.length > 0;
      }
      const found = Array.from(keys.subarray(0, Math.min(most, keys.length)), (key) => entries[key % 2 ** 22]);
      return { found, counts, partly, total: keys.length, marks: new Set(each.flatMap(({ words }) => [...words.keys()])) };
    }

    // What filters ask for: a unit stands for itself and those below it.
    allowed(filters) {
      return FIELDS.filter((field) => filters[field] !== undefined && filters[field] !== "").map((field) => {
        const wanted = filters[field];
        if (field === "kind") return [field, (entry) => entry.kind === wanted];
        if (field === "unit") {
          const above = this.entries[this.unitEntry + wanted]?.id;
          const units = new Set(this.entries.filter(({ kind, id }) => kind === "unit" && (id === above || id.startsWith(`${above}/`))).map(({ unit }) => unit));
          return [field, (entry) => units.has(entry.unit)];
        }
        return [field, (entry) => entry[field] === wanted];
      });
    }

    // A title in pieces: [[text, whether it is what was found], ...].
    pieces(title, marks) {
      return title.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean).map((piece) => [piece, forms(piece).some((form) => marks.has(form))]);
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
      return entry.unit >= 0 && entry.kind !== "unit" ? this.entries[this.unitEntry + entry.unit].title : "";
    }

    owner(entry) {
      return entry.owner >= 0 && entry.kind !== "owner" ? this.entries[this.ownerEntry + entry.owner].title : "";
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
      return this.entries
        .map((entry) => [likeness(entry.id.toLowerCase()), entry])
        .filter(([like]) => like >= 0.5)
        .sort(([a], [b]) => b - a)
        .slice(0, most)
        .map(([, entry]) => entry);
    }
  }

  let ready;
  // Loads the index at the first call; fulfilled with the finder.
  okr.finder = () => {
    ready ??= (async () => {
      let data;
      okr.index = (columns) => { data = columns; };
      await Promise.all([okr.load("lunr"), okr.load("../search/index")]);
      await turn();
      const entries = await decoded(data);
      const words = await vocabulary(entries);
      await turn();
      const finder = new Finder(data, entries, words);
      setTimeout(() => finder.spellings.prepare(), 500);
      return finder;
    })();
    return ready;
  };
})();
