"""What search finds, and in which order, against its definition: word by word, entry by entry."""

from __future__ import annotations

import random

from manygoals import gallery_of
from visits import Portal, Visits

from okrsite.site.search import search_index, written_text

DEFINED = r"""async (queries) => {
  await okr.load("finder");
  const finder = await okr.finder();
  const kinds = ["unit", "objective", "kpi", "owner", "page", "key_result"]; // best first among equals
  const entries = kinds.flatMap((kind) => finder.every(kind));
  const cut = (text) => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
  const spelt = (text) => fold(text.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue"));
  const words = (text) => cut(text).flatMap((word) => [fold(word), spelt(word)]);
  const last = ({ kind, id }) => (kind === "page" ? "" : id.split("/").at(-1));
  const list = entries.map((entry) => [words(entry.title), words(`${entry.text} ${last(entry)}`)]);
  const known = [...new Set(list.flat(2))].sort();
  const beginnings = (word) => [...word].map((_letter, at) => word.slice(0, at + 1));
  const begun = lunr.TokenSet.fromArray([...new Set(known.flatMap(beginnings))].sort());

  // Each word of the index that a word stands for -> how well it fits.
  const similar = (word) => {
    const found = new Map();
    for (const each of known) {
      if (each === word) found.set(each, 0);
      else if (each.startsWith(word)) found.set(each, 1);
      else if (word.length > 2 && each.includes(word)) found.set(each, 3);
    }
    for (let letters = 1; !found.size && letters <= Math.min(2, Math.floor(word.length / 4)); letters++) {
      const alike = new Set(begun.intersect(lunr.TokenSet.fromFuzzyString(word, letters)).toArray());
      for (const each of known) {
        if (alike.has(each)) found.set(each, 4);
        else if (beginnings(each).some((beginning) => alike.has(beginning))) found.set(each, 5);
      }
    }
    return found;
  };
  const least = (numbers) => Math.min(Infinity, ...numbers);
  // How well each entry fits a word: by its own words, or by those of its unit, owner and cycle.
  const fits = (word) => {
    const hows = similar(word);
    const of = (some) => least(some.map((each) => hows.get(each) ?? Infinity));
    const own = list.map(([title, others]) => Math.min(of(title), of(others) + 4));
    const related = (at) => (own[at] < 4 ? own[at] + 3 : Infinity);
    const place = (kind, field, value) => entries.findIndex((each) => each.kind === kind && each[field] === value);
    return entries.map(({ kind, unit, owner, cycle }, at) => least([
      own[at],
      kind === "unit" ? Infinity : related(place("unit", "unit", unit)),
      kind === "owner" ? Infinity : related(place("owner", "owner", owner)),
      cycle < 0 ? Infinity : related(place("page", "id", `cycles/${finder.data.cycles[cycle][0]}`)),
    ]));
  };
  const rank = ({ id, title }, query) => {
    if (id.toLowerCase() === query.toLowerCase()) return 0;
    if (id.toLowerCase().endsWith(`/${query.toLowerCase()}`)) return 1;
    return fold(title) === fold(query) ? 2 : fold(title).startsWith(fold(query)) ? 3 : 4;
  };
  const defined = (query, partly) => {
    const each = [...new Set(cut(fold(query)))].map(fits);
    const rows = entries.map((entry, at) => {
      const found = each.map((of) => of[at]).filter(Number.isFinite);
      const missing = each.length - found.length;
      const fit = each.length && missing <= (partly ? each.length - 1 : 0);
      const sum = fit ? found.reduce((sum, how) => sum + how, 20 * missing) : 0;
      return { entry, fit, keys: [rank(entry, query), sum, kinds.indexOf(entry.kind), entry.cycle, at] };
    });
    const shown = rows.filter(({ fit, keys }) => fit || keys[0] < 4);
    if (!shown.length && !partly && each.length > 1) return defined(query, true);
    const order = (a, b) => a.keys.map((key, at) => key - b.keys[at]).find(Boolean) ?? 0;
    return shown.sort(order).map(({ entry }) => `${entry.kind} ${entry.id}`);
  };
  const different = [];
  let some = 0;
  for (const query of queries) {
    const expected = defined(query, false);
    const { found, total } = finder.find(query);
    const is = found.map(({ kind, id }) => `${kind} ${id}`);
    some += total > 0;
    const same = is.length === total && is.join() === expected.join();
    if (!same) different.push([query, is.slice(0, 9), expected.slice(0, 9)]);
  }
  return { different, some };
}"""
"""Asks for each query, and gives those for which something else was found than the definition says."""


def _queries(texts: list[str], ids: list[str], chance: random.Random) -> list[str]:
    """What may be asked for: words, whole and begun, in any order, with one slip or two; titles, ids and their ends."""

    def slip(word: str) -> str:
        at = chance.randrange(len(word))
        return (
            word[:at]
            + chance.choice(("", "x", word[at] * 2, word[at : at + 2][::-1]))
            + word[at + chance.choice((1, 2)) :]
        )

    asked = []
    for text in texts:
        words = text.split()
        one, other = chance.choice(words), chance.choice(words)
        asked += [
            one,
            one[: chance.randint(1, 4)],
            one[1:],
            f"{other} {one[:3]}",
            slip(one),
            slip(slip(max(words, key=len))),
        ]
        asked += [
            f"{slip(other)} {chance.choice(texts).split()[0]}",
            text,
            text[: chance.randint(1, 12)],
            f"{one} zzzz",
        ]
    return [*asked, *ids, *(id.rpartition("/")[2] for id in ids)]


def test_finds_what_is_defined(example: Portal, visit: Visits) -> None:
    """All results of some hundred queries are those of the definition, in its order."""
    chance = random.Random(1)  # noqa: S311 - seeded, to be the same each time
    gallery = gallery_of(400)
    page = "<p>Künstliche Größe: l’œuvre, naïve</p><h2 id='x'>Straße – Übermaß</h2><p>Zuverlässigkeit ⒜ für alle</p>"
    index = search_index(gallery, (), [written_text("guide/größe/", "Größe", page)])
    texts = [each.title for each in chance.sample(list(gallery.portal.objectives.values()), 7)]
    texts += [unit.mission for unit in list(gallery.portal.units.values())[1:5]]
    queries = _queries(
        [*texts, "Größe Straße Zuverlässigkeit", "kuenstliche Uebermass"], list(gallery.portal.objectives)[:9], chance
    )
    opened = visit(example.url)
    opened.route("**/search/index.js", lambda route: route.fulfill(body=index, content_type="text/javascript"))
    compared = opened.evaluate(DEFINED, queries)
    assert compared["different"] == []
    assert compared["some"] > len(queries) / 2
