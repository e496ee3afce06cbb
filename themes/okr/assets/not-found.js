// The page that is shown where none is: the goals whose ids are most like the address asked for.
"use strict";
(async () => {
  const { okr } = window;
  const root = new URL(okr.base).pathname;
  let path = location.pathname;
  if (path.startsWith(root)) path = path.slice(root.length);
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not every address is well made; then it is compared as it is.
  }
  await Promise.all([okr.load("search"), okr.load("finder")]);
  const finder = await okr.finder();
  const { row, element } = okr.search;
  const near = finder.near(path);
  if (!near.length) return;
  const section = document.querySelector(".nearest");
  const list = section.querySelector("ul");
  for (const entry of near) list.append(element("li", "", row(finder, entry, new Set())));
  section.hidden = false;
})();
