// Figures beside what they were. The program says each in words and with all its digits; here they are only put in place.

import { element } from "./dom.js";
import { word } from "./words.js";

// Figures for those who know what to do with them.
const FURTHER = ["hurt", "peak", "peak_end", "swing", "coverage", "inconsistency", "tests", "cost_coverage", "value_coverage"];

/** What people call a figure. */
export const called = (figure) => figure.label ?? word(`figure_${figure.key}`);

/** A list of figures, each with what it was; those that need explaining are folded away. */
export function figureList(figures, title) {
  const [further, first] = [true, false].map((is) => figures.filter(({ key }) => FURTHER.includes(key) === is));
  return [element("h2", {}, title), listOf(first),
    further.length > 0 ? element("details", { class: "further", id: "further" }, element("summary", {}, word("further")), listOf(further)) : null];
}

function listOf(figures) {
  const rows = figures.map((figure) =>
    element("div", { class: `figure ${figure.verdict}`, "data-figure": figure.key, "data-label": figure.name ?? figure.key, "data-value": figure.value, "data-was": figure.value_was },
      element("dt", {}, called(figure)),
      element("dd", {},
        element("strong", { title: figure.value ?? "" }, figure.now ?? word("unknown")),
        element("span", { class: "was", title: figure.value_was ?? "" },
          figure.verdict === "same" ? word("unchanged") : `${word("was", figure.was ?? word("unknown"))}${figure.change ? ` (${figure.change})` : ""}`),
        element("span", { class: "verdict" }, word(figure.verdict)))));
  return element("dl", { class: "figures" }, rows);
}

/** The first pains, each with the place that it had. */
export function painList(pains, gone = []) {
  const rows = pains.map((pain) =>
    element("li", { "data-pain": pain.id },
      element("strong", {}, word("place", pain.label, pain.share)), " ",
      element("span", { class: "was" }, placeBefore(pain)),
      element("details", {}, element("summary", {}, word("why")), element("p", { lang: "en" }, pain.told))));
  return [
    element("ol", { class: "pains" }, rows),
    gone.length > 0 ? element("p", { class: "better" }, word("gone", gone.join(", "))) : null,
  ];
}

function placeBefore({ was, place, share, share_was: shareBefore }) {
  if (was === null) return word("placeNew");
  return was === place && shareBefore === share ? word("unchanged") : word("placeWas", was, shareBefore);
}
