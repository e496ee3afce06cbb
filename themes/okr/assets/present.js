// Slides one at a time: by key, by button, or by themselves every so many seconds. Without it they are a page.
"use strict";
(() => {
  const whole = document.getElementById("okr_present");
  if (!whole) return;
  const { _, number } = window.okr;
  const root = document.documentElement;
  const slides = [...whole.querySelectorAll(".slide")];
  const bar = whole.querySelector(".present-bar");
  const place = bar.querySelector(".present-place");
  const left = bar.querySelector(".present-left");
  const timer = bar.querySelector(".present-timer");
  const button = (name) => whole.querySelector(`button[name="${name}"]`);
  const seconds = bar.querySelector("select");
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  if (!slides.length) return;

  const recall = (name) => { try { return localStorage.getItem(`okr_${name}`); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(`okr_${name}`, value); } catch { /* then not */ } };

  let at = -1; // -1: nothing is presented
  let rotates = false;
  let rest = 0; // milliseconds until the next slide
  let last = 0;
  let frame = 0;

  const kept = recall("seconds");
  if ([...seconds.options].some((option) => option.value === kept)) seconds.value = kept;
  const span = () => Number(seconds.value) * 1000;

  const find = (name) => {
    let id = name;
    try { id = decodeURIComponent(name); } catch { /* as it is */ }
    const exact = slides.findIndex((slide) => slide.id === id);
    if (exact >= 0 || !id) return exact;
    const ending = slides.filter((slide) => slide.id.endsWith(`/${id}`) && slide.classList.contains("unit"));
    return ending.length === 1 ? slides.indexOf(ending[0]) : -1;
  };

  // Letters become smaller where a slide has more than its screen holds, down to where nobody would read them.
  const fit = (slide) => {
    slide.style.fontSize = "";
    const whole = parseFloat(getComputedStyle(slide).fontSize);
    for (let part = 0.95; part > 0.55 && slide.scrollHeight > slide.clientHeight + 1; part -= 0.05) {
      slide.style.fontSize = `${whole * part}px`;
    }
  };
  const show = (to, keepsAddress) => {
    at = (to + slides.length) % slides.length;
    root.classList.add("presenting");
    bar.hidden = false;
    for (const slide of slides) slide.classList.toggle("shown", slide === slides[at]);
    slides[at].tabIndex = -1;
    fit(slides[at]);
    slides[at].scrollTop = 0;
    if (!bar.contains(document.activeElement)) slides[at].focus({ preventScroll: true });
    place.textContent = _("%(number)s of %(total)s", { number: number(at + 1), total: number(slides.length) });
    if (!keepsAddress) history.replaceState(null, "", `#${slides[at].id}`);
    rest = span();
    draw();
  };
  const leave = () => {
    if (at < 0) return;
    const slide = slides[at];
    rotate(false, true);
    at = -1;
    root.classList.remove("presenting");
    bar.hidden = true;
    for (const each of slides) {
      each.classList.remove("shown");
      each.style.fontSize = "";
    }
    if (document.fullscreenElement) document.exitFullscreen();
    slide.scrollIntoView();
    button("start").focus({ preventScroll: true });
  };

  // --- By themselves ---
  const draw = () => {
    timer.style.transform = `scaleX(${rotates && !isCalm.matches ? 1 - rest / span() : 0})`;
    left.textContent = rotates ? _("%(num)s s", { num: number(Math.ceil(rest / 1000)) }) : "";
  };
  const tick = (now) => {
    if (!rotates) return;
    if (!document.hidden) rest -= Math.min(now - last, 1000);
    last = now;
    if (rest <= 0) show(at + 1);
    draw();
    frame = requestAnimationFrame(tick);
  };
  const rotate = (on, forgets) => {
    rotates = on;
    cancelAnimationFrame(frame);
    button("rotate").textContent = on ? _("Pause") : _("Rotate");
    if (!forgets) remember("rotates", on ? "yes" : "no");
    if (on) {
      rest = span();
      last = performance.now();
      frame = requestAnimationFrame(tick);
    }
    draw();
  };
  seconds.addEventListener("change", () => {
    remember("seconds", seconds.value);
    rest = span();
    draw();
  });

  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  };
  const start = () => {
    show(Math.max(find(location.hash.slice(1)), 0));
    if (recall("rotates") === "yes" && !isCalm.matches) rotate(true);
  };

  button("start").addEventListener("click", start);
  button("back").addEventListener("click", () => show(at - 1));
  button("next").addEventListener("click", () => show(at + 1));
  button("rotate").addEventListener("click", () => rotate(!rotates));
  button("full").addEventListener("click", full);
  button("end").addEventListener("click", leave);

  document.addEventListener("keydown", (event) => {
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const inControl = event.target.closest("button, select, a");
    if (event.key === " " && inControl) return;
    if (event.target.closest("select") && event.key.startsWith("Arrow")) return;
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const keys = {
      [forward]: () => show(at + 1),
      [backward]: () => show(at - 1),
      ArrowDown: () => show(at + 1),
      ArrowUp: () => show(at - 1),
      PageDown: () => show(at + 1),
      PageUp: () => show(at - 1),
      " ": () => show(event.shiftKey ? at - 1 : at + 1),
      Home: () => show(0),
      End: () => show(slides.length - 1),
      p: () => rotate(!rotates),
      f: full,
      Escape: leave,
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  window.addEventListener("resize", () => at >= 0 && fit(slides[at]));
  window.addEventListener("hashchange", () => {
    const found = find(location.hash.slice(1));
    if (found >= 0) show(found, true);
  });

  start();
})();
