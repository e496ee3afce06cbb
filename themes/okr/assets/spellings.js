// The words of the index that somebody may have meant who mistyped one: lunr's token sets compare them.
"use strict";
(() => {
  const { okr } = window;
  const PIECE = 8000; // letters that are read in one step
  const WORD = /[A-Za-z0-9\x80-\uffff]{3,}/g; // shorter ones are like nothing that is long enough to have a slip

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

  class Spellings {
    constructor(text) {
      this.steps = this.made(text); // to be taken in time that nobody waits for, or when a word is asked for
    }

    *made(text) {
      const words = new Set();
      for (let from = 0, end; from < text.length; from = end) {
        end = text.indexOf("\n", from + PIECE);
        if (end < 0) end = text.length;
        for (const word of text.slice(from, end).match(WORD) ?? []) words.add(word);
        yield;
      }
      const builder = new window.lunr.TokenSet.Builder();
      for (const word of [...words].sort()) {
        builder.insert(word);
        yield;
      }
      builder.finish();
      this.set = builder.root;
    }

    // The words that differ from one in a letter, or else in two; and those that only begin so, as [word, 0 or 1].
    like(word) {
      const { TokenSet } = window.lunr;
      const found = new Map();
      for (let letters = 1; !found.size && letters <= Math.min(2, Math.floor(word.length / 4)); letters++) {
        while (!this.set) this.steps.next();
        const begin = this.set.intersect(openEnded(TokenSet.fromFuzzyString(word, letters)));
        for (const each of begin.toArray()) found.set(each, 1);
        for (const each of begin.intersect(TokenSet.fromFuzzyString(word, letters)).toArray()) found.set(each, 0);
      }
      return found;
    }
  }

  // Of a text of words.
  okr.spellings = (text) => new Spellings(text);
})();
