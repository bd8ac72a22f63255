// "Try": what can be done differently on the left, what follows from it on the right.

import { button, element, fill, markup } from "./dom.js";
import { figureList, painList } from "./figures.js";
import { change, get, look, takeAllBack, takeBack, workOn } from "./store.js";
import { word } from "./words.js";

const section = document.getElementById("try");
const panes = {};
// What the controls of the chosen touchpoint do when there is a new answer.
let refreshers = [];
let built = null;

const pane = (name, attributes = {}) => (panes[name] = element("div", { id: name, ...attributes }));

/** Builds the frame once; `redo` builds it again in another language. */
export function buildTrial() {
  built = null;
  fill(section,
    element("div", { class: "left" },
      element("section", { class: "card", "aria-label": word("touchpoint") }, pane("chooser"), pane("controls")),
      element("section", { class: "card" }, pane("changes")),
      element("section", { class: "card" }, pane("help")),
      pane("facts")),
    element("div", { class: "right" },
      element("div", { role: "alert" }, pane("refusal", { class: "refusal" })),
      pane("results", { class: "results" })));
  fill(panes.results,
    pane("short", { "aria-live": "polite" }),
    element("section", { class: "card numbers-card" }, pane("endings"), pane("whole")),
    element("section", { class: "card map-card" }, pane("map-head"), pane("picture", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("theMap") })),
    element("section", { class: "card" }, element("h2", {}, word("pains")), pane("pains")),
    element("section", { class: "card" }, element("h2", {}, word("contradictions")), pane("contradictions", { lang: "en" })),
    element("section", { class: "card curves" },
      element("div", {}, element("h2", {}, word("curve")), pane("curve-now")),
      element("div", {}, element("h2", {}, word("curveWas")), pane("curve-old"))));
  panes.picture.addEventListener("click", (event) => choose(event.target));
  panes.picture.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && choose(event.target)) event.preventDefault();
  });
}

function choose(target) {
  const id = target.closest("[data-touchpoint]")?.dataset.touchpoint;
  if (id !== undefined) look({ selected: id });
  return id !== undefined;
}

/** How wide the pictures may be here. */
export const widths = () => ({ width: panes.picture.clientWidth || 900, chart: panes["curve-now"].clientWidth || 360 });

export function showTrial(answer) {
  if (answer === undefined) return;
  const refused = answer.refused !== undefined;
  fill(panes.refusal, refused ? [element("p", {}, word("cannot")), element("pre", { lang: "en" }, answer.refused)] : []);
  panes.results.classList.toggle("stale", refused);
  showChanges(answer.changes ?? []);
  if (refused) return;
  showChooser(answer);
  showControls(answer.touchpoints);
  fill(panes.endings, figureList(answer.endings, word("endings")));
  const isOpen = panes.whole.querySelector("details")?.open ?? false;
  fill(panes.whole, figureList(answer.whole, word("figures")));
  panes.whole.querySelector("details")?.toggleAttribute("open", isOpen);
  showMap(answer);
  showShort(answer.short);
  fill(panes.pains, painList(answer.pains, answer.pains_gone));
  showContradictions(answer);
  markup(panes["curve-now"], answer.curve);
  markup(panes["curve-old"], answer.curve_was);
  showHelp(answer);
  showFacts(answer.facts);
}

function showMap(answer) {
  const { selected, whole } = get();
  fill(panes["map-head"],
    element("h2", {}, word("theMap")),
    element("label", { class: "tick" },
      element("input", { type: "checkbox", id: "whole-map", checked: whole, on: { change: (event) => look({ whole: event.target.checked }) } }), word("wholeMap")));
  const focused = document.activeElement?.dataset?.touchpoint;
  markup(panes.picture, answer.map);
  for (const touchpoint of panes.picture.querySelectorAll("[data-touchpoint]")) {
    const id = touchpoint.dataset.touchpoint;
    // A button is called as it looks; what the picture says of it besides describes it.
    touchpoint.setAttribute("role", "button");
    touchpoint.setAttribute("aria-description", touchpoint.getAttribute("aria-label") ?? touchpoint.getAttribute("aria-description"));
    touchpoint.removeAttribute("aria-label");
    touchpoint.setAttribute("tabindex", "0");
    touchpoint.setAttribute("aria-pressed", String(id === selected));
    if (id === focused) touchpoint.focus();
  }
}

/** The answer in short is a section of the report page; what it links to is not here. */
function showShort(short) {
  markup(panes.short, short);
  for (const link of panes.short.querySelectorAll("a")) link.replaceWith(...link.childNodes);
}

function showContradictions({ contradictions, contradictions_were: before }) {
  const now = contradictions.map((told) => element("li", {}, told));
  const gone = before.filter((told) => !contradictions.includes(told)).map((told) => element("li", { class: "was" }, word("contradictionsWere", told)));
  fill(panes.contradictions, now.length + gone.length === 0 ? element("p", {}, word("noContradictions")) : element("ul", {}, now, gone));
}

function showChanges(words) {
  const { changes, variant } = get();
  const list = changes[variant];
  const rows = list.map((_, number) =>
    element("li", {}, element("span", { lang: "en" }, words[number] ?? "…"), " ",
      button(word("takeBack"), () => { takeBack(number); panes.changes.querySelector("h2").focus(); }, { "aria-label": `${word("takeBack")}: ${words[number] ?? ""}` })));
  fill(panes.changes,
    element("h2", { tabindex: "-1" }, word("changes")),
    element("div", { class: "variants", role: "group", "aria-label": word("beside") },
      ["A", "B"].map((name) => button(word("variant", name), () => look({ variant: name }), { "aria-pressed": String(variant === name) }))),
    rows.length === 0 ? element("p", { class: "soft" }, word("none")) : element("ol", {}, rows),
    rows.length > 1 ? button(word("takeAll"), takeAllBack) : null);
}

function showHelp({ fixes, outcomes }) {
  const { outcome } = get();
  fill(panes.help,
    element("h2", {}, word("help")),
    element("label", {}, word("outcome"),
      element("select", { id: "outcome", on: { change: (event) => workOn({ outcome: event.target.value }) } },
        outcomes.map(({ name, label }) => element("option", { value: name, selected: name === outcome }, label)))),
    fixes.map(({ rarer, fixes: offered }) => [
      element("h3", {}, rarer === null ? word("goalHurt") : word("goalRarer", rarer)),
      offered.length === 0 ? element("p", { class: "soft" }, word("nothingHelps")) : element("ol", {}, offered.map((fix) =>
        element("li", { "data-fix": fix.kind, "data-value": fix.value }, `${fix.label}: ${word(fix.kind)} `, element("strong", {}, word(rarer === null ? "gainHurt" : "gainRarer", fix.gain)), " ",
          button(word("tryIt"), () => change(fix.change), { "aria-label": `${word("tryIt")}: ${fix.label}, ${word(fix.kind)}` })))),
    ]));
}

/** What customers remember, if the map says that something depends on it. */
function showFacts(facts) {
  fill(panes.facts, facts.length === 0 ? [] : element("section", { class: "card" },
    element("h2", {}, word("facts")),
    element("dl", { lang: "en" }, facts.map(({ name, told }) => [element("dt", {}, name), element("dd", {}, told)]))));
}

function showChooser({ touchpoints }) {
  const { selected } = get();
  const options = touchpoints.map(({ id, label }) => element("option", { value: id, selected: id === selected }, label));
  const signature = JSON.stringify([selected, touchpoints.map(({ id, label }) => [id, label])]);
  if (panes.chooser.signature === signature) return;
  panes.chooser.signature = signature;
  fill(panes.chooser,
    element("label", {}, element("strong", {}, word("touchpoint")),
      element("select", { id: "touchpoint", on: { change: (event) => look({ selected: event.target.value || null }) } },
        element("option", { value: "" }, word("choose")), options)),
    selected === null ? element("p", { class: "soft" }, word("pick")) : null);
}

/** Builds the controls of the chosen touchpoint, or only refreshes them, so that a slider is not lost in the middle of a drag. */
function showControls(touchpoints) {
  const chosen = touchpoints.find(({ id }) => id === get().selected);
  const shape = chosen && JSON.stringify([chosen.id, chosen.label, chosen.promises?.map(({ given }) => given), chosen.feelings?.map(({ after, given }) => [after, given]), chosen.ways.map(({ label, when, given }) => [label, when, given])]);
  if (shape !== built) {
    built = shape;
    refreshers = [];
    fill(panes.controls, chosen ? controlsOf(chosen) : []);
  }
  if (chosen) refreshers.forEach((refresh) => refresh(chosen));
}

/** A slider with what it says now and what it said; the program says both. */
function slider({ label, most, step, read, send }) {
  const now = element("output", {});
  const was = element("span", { class: "was" });
  const input = element("input", { type: "range", min: 0, max: most, step, "aria-label": label, on: { input: () => send(Number(input.value)) } });
  refreshers.push((touchpoint) => {
    const { value, told, before } = read(touchpoint);
    if (document.activeElement !== input || !input.matches(":active")) input.value = value;
    now.textContent = told ?? word("unknown");
    was.textContent = word("was", before ?? word("unknown"));
    input.setAttribute("aria-valuetext", now.textContent);
  });
  return element("div", { class: "control" }, element("div", { class: "line" }, element("span", {}, label), now, was), input);
}

function controlsOf(chosen) {
  const at = chosen.id;
  return [promiseControls(chosen), feelingControls(chosen), wayControls(chosen), startControl(chosen), abilityControls(chosen),
    button(word("leaveOut"), () => change({ do: "remove", at }))];
}

/** For whom something is said: " (delivery: broken, complained: no)", or nothing where it is said of all. */
function whom(given, after) {
  const values = (value) => [value].flat().map((one) => (typeof one === "boolean" ? word(one ? "yes" : "no") : one)).join(" / ");
  const facts = Object.entries(given).map(([fact, value]) => `${fact}: ${values(value)}`);
  const conditions = after ? [word(`when_${after}`), ...facts] : facts;
  return conditions.length > 0 ? ` (${conditions.join(", ")})` : "";
}

function promiseControls({ id: at, promises }) {
  return (promises ?? []).map(({ name, given }, number) => slider({
    label: word("keptRate", name) + whom(given),
    most: 1,
    step: 0.01,
    read: ({ promises: now }) => ({ value: now[number].rate, told: now[number].told, before: now[number].told_was }),
    send: (rate) => change({ do: "keep", at, given, rate }),
  }));
}

function feelingControls({ id: at, feelings }) {
  const labels = { null: word("feeling"), broken: word("feelingBroken"), unknown: word("feelingUnknown") };
  return (feelings ?? []).map(({ after, given }, number) => {
    const remembered = Object.keys(given).length > 0;
    const label = remembered ? word("feeling") + whom(given, after) : labels[after];
    const input = element("input", { type: "text", list: "known-feelings", placeholder: word("feelingHint"), on: { change: send } });
    const was = element("span", { class: "was" });
    function send() {
      if (input.value.trim() !== "") change({ do: "feel", at, given, after, feeling: input.value.trim() });
    }
    refreshers.push(({ feelings: now }) => {
      if (document.activeElement !== input) input.value = now[number].now ?? "";
      was.textContent = word("was", now[number].was ?? word("unknown"));
    });
    return element("div", { class: "control" }, element("label", {}, element("span", { class: "line" }, label, was), input));
  });
}

function wayControls({ id, ways }) {
  const sliders = ways.map((way, number) => {
    const { when, given } = way;
    const send = (weight) => change(way.to === null
      ? { do: "end", at: id, outcome: way.outcome, when, given, weight }
      : { do: "way", from: id, to: way.to, when, given, weight });
    return slider({
      label: (way.to === null ? word("endsIn", way.label) : `→ ${way.label}`) + whom(given, when),
      most: way.most,
      step: "any",
      read: ({ ways: now }) => ({ value: now[number].weight, told: now[number].told, before: now[number].told_was }),
      send,
    });
  });
  return sliders.length > 0 ? element("fieldset", {}, element("legend", {}, word("ways")), sliders) : null;
}

function startControl({ id: at, starts, starts_was: before }) {
  if (!before) return null;
  const input = element("input", { type: "number", min: 0, value: starts, step: "any", on: { change: () => change({ do: "start", at, weight: Number(input.value) }) } });
  return element("div", { class: "control" }, element("label", {}, element("span", { class: "line" }, word("startsHere"), element("span", { class: "was" }, word("was", before))), input));
}

function abilityControls({ id: at, abilities }) {
  if (!abilities) return null;
  const ticks = abilities.map(({ ability }, number) => {
    const input = element("input", { type: "checkbox", "data-ability": ability, on: { change: () => change({ do: "can", at, ability, can: input.checked }) } });
    const was = element("span", { class: "was" });
    refreshers.push(({ abilities: now }) => {
      input.checked = now[number].can;
      was.textContent = now[number].can === now[number].could ? "" : word("different");
    });
    return element("label", { class: "tick" }, input, word(ability), " ", was);
  });
  return element("fieldset", {}, element("legend", {}, word("abilities")), ticks);
}
