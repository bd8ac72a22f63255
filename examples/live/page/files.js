// Files in and out. A file is read and made on this machine only.

import { ask } from "./engine.js";
import { begin, get, saved } from "./store.js";
import { isArchive, isOldWorkbook, sheetsOf } from "./workbook.js";
import { word } from "./words.js";

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
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { lang } = get();
  if (isOldWorkbook(bytes)) return word("oldWorkbook");
  let request = { ask: "open", text: lettersOf(bytes), lang };
  if (isArchive(bytes)) {
    const sheets = await sheetsOf(bytes).catch(() => null);
    if (sheets === null) return word("noWorkbook");
    request = { ask: "workbook", sheets, lang };
  }
  const answer = await ask(request);
  if (answer.table) begin(answer.table);
  return answer.refused ?? answer.notes?.join("\n") ?? "";
}

/** The text of a file: in UTF-8, in UTF-16 with its mark, or in the letters of Windows, in which older spreadsheets save text. */
function lettersOf(bytes) {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

export async function openTemplate(template) {
  const answer = await ask({ ask: "new", template, lang: get().lang });
  if (answer.table) begin(answer.table);
  return answer.refused ?? "";
}

/** The table of the map that the page came with, if it came with one. */
export async function embedded() {
  const text = document.getElementById("map").textContent.trim();
  return text === "" ? null : ask({ ask: "open", text, lang: get().lang });
}

/** Saves a table as it stands, also where something in it is to be mended. */
export async function saveTable() {
  const answer = await ask({ ask: "keep", table: get().table });
  if (answer.refused !== undefined) return answer.refused;
  download(answer.text, FORMS.table.end, FORMS.table.type);
  saved();
  return "";
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
  if (["document", "table", "copy"].includes(form)) saved();
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
  link.download = (get().table.about.journey || "map").replace(/[^\p{L}\p{N} _-]/gu, "").trim().slice(0, 60).replaceAll(" ", "-") + end;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
