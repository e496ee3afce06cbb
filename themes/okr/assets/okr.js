// The one script of every page. It makes nothing that a page cannot do without; what is larger it loads when it is asked for.
"use strict";
(() => {
  const self = document.currentScript;
  const base = self.src.replace(/assets\/okr\.js.*$/, "");
  const waiting = new Map();

  // Loads assets/NAME.js once; fulfilled when it has run.
  const load = (name) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${base}assets/${name}.js`;
        script.onload = done;
        script.onerror = () => failed(new Error(`${script.src} cannot be loaded`));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  // A word of the interface in the portal's language; assets/words.js has them where that is not English.
  const words = {};
  const _ = (text) => words[text] ?? text;

  window.okr = { base, load, words, _ };

  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("[data-okr-script]")) load(element.dataset.okrScript);
  });
})();
