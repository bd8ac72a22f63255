// Both variants side by side with the map as it is drawn.

import { element, fill, markup } from "./dom.js";
import { called, painList } from "./figures.js";
import { word } from "./words.js";

const section = document.getElementById("beside");

export function showBeside(answer) {
  if (answer === undefined) return;
  if (answer.refused !== undefined) {
    fill(section, element("div", { class: "card refusal", role: "alert" }, element("p", {}, word("cannot")), element("pre", { lang: "en" }, answer.refused)));
    return;
  }
  const names = answer.variants.map((_, number) => word("variant", "AB"[number]));
  fill(section, element("div", { class: "card scroll", tabindex: "0", role: "group", "aria-label": word("beside") }, tableOf(answer.variants, names)),
    element("div", { class: "pair" }, answer.variants.map((variant, number) => {
      const curve = element("div", { class: "scroll" });
      markup(curve, variant.curve);
      return element("section", { class: "card" }, element("h2", {}, names[number]),
        element("ul", { lang: "en" }, variant.changes.map((change) => element("li", {}, change))),
        element("h3", {}, word("pains")), painList(variant.pains), element("h3", {}, word("curve")), curve);
    })));
}

/** A row a figure: as it is drawn, and in each variant. An ending that only one variant has stands there too. */
function tableOf(variants, names) {
  const rows = (key) => {
    const nameOf = (figure) => figure.name ?? figure.key;
    const names = new Set(variants.flatMap((variant) => variant[key].map(nameOf)));
    return [...names].map((name) => {
      const figures = variants.map((variant) => variant[key].find((figure) => nameOf(figure) === name));
      const drawn = figures.find((figure) => figure !== undefined);
      return element("tr", { "data-figure": drawn.key, "data-label": name },
        element("th", { scope: "row" }, called(drawn)),
        element("td", { title: drawn.value_was ?? "" }, drawn.was ?? word("unknown")),
        figures.map(cell));
    });
  };
  return element("table", { class: "beside" },
    element("thead", {}, element("tr", {}, [word("figure"), word("asDrawn"), ...names].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, rows("endings"), rows("whole")));
}

function cell(figure) {
  return element("td", { class: figure?.verdict, "data-value": figure?.value, title: figure?.value ?? "" },
    figure?.now ?? word("unknown"), figure?.change ? element("span", { class: "was" }, ` ${figure.change} ${word(figure.verdict)}`) : null);
}
