// Files in and out. A file is read and made on this machine only.

import { ask } from "./engine.js";
import { begin, get, saved } from "./store.js";

// The page as it was opened, before anything on it changed, so that a copy of it can be kept.
const opened = document.documentElement.outerHTML;

export const FORMS = {
  document: { end: ".json", type: "application/json" },
  table: { end: ".csv", type: "text/csv" },
  map: { end: ".svg", type: "image/svg+xml" },
  page: { end: ".html", type: "text/html" },
  mermaid: { end: ".mmd", type: "text/plain" },
};

/** Opens a file that somebody chose or dropped; answers what there is to say about it. */
export async function open(file) {
  const answer = await ask({ ask: "open", name: file.name, text: await file.text() });
  if (answer.table) begin(answer.table);
  return answer.refused ?? answer.notes?.join("\n") ?? "";
}

export async function openTemplate(template) {
  const answer = await ask({ ask: "new", template });
  if (answer.table) {
    if (answer.table.rows.length === 0) answer.table.rows.push({ cells: { phase: "before", channel: "web" }, rest: {} });
    begin(answer.table);
  }
  return answer.refused ?? "";
}

/** The table of the map that the page came with, if it came with one. */
export async function embedded() {
  const text = document.getElementById("map").textContent.trim();
  return text === "" ? null : ask({ ask: "open", name: "map.json", text });
}

/** Saves the map with the changes of the variant that is looked at. */
export async function save(form, document_) {
  const { changes, variant, outcome, lang } = get();
  const request = { ask: "save", document: document_, changes: changes[variant], outcome, lang };
  if (form === "copy") {
    const answer = await ask({ ...request, as: "document" });
    if (answer.refused !== undefined) return answer.refused;
    download(withMap(answer.text), ".html", "text/html");
  } else {
    const answer = await ask({ ...request, as: form });
    if (answer.refused !== undefined) return answer.refused;
    download(answer.text, FORMS[form].end, FORMS[form].type);
  }
  if (["document", "copy"].includes(form)) saved();
  return "";
}

/** The page as it was opened, with another map in it. */
function withMap(map) {
  const harmless = map.replaceAll("<", "\\u003c");
  const place = /(<script type="application\/json" id="map">)[^<]*/;
  return `<!DOCTYPE html>\n${opened.replace(place, (_, begin_) => begin_ + harmless)}\n`;
}

function download(text, end, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = (get().table.about.name || "map").replace(/[^\p{L}\p{N} _-]/gu, "").trim().slice(0, 60).replaceAll(" ", "-") + end;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
