// Workbooks (.xlsx) as grids of cells: a zip archive of XML, opened with what every browser has. What the cells mean, the program says.

const ENTRY = 0x02014b50;
const END = 0x06054b50;
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const DAY = 86_400_000;

/** Whether a file is an archive, as workbooks are. */
export const isArchive = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** Whether it is a workbook of the older Excel, which no browser can open. */
export const isOldWorkbook = (bytes) => bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

/** The sheets of a workbook, or null if the archive is none. */
export async function sheetsOf(bytes) {
  const files = filesOf(bytes);
  const book = await xml(files, "xl/workbook.xml");
  if (book === null) return null;
  const targets = new Map(all(await xml(files, "xl/_rels/workbook.xml.rels"), "Relationship").map((one) => [one.getAttribute("Id"), one.getAttribute("Target")]));
  const texts = all(await xml(files, "xl/sharedStrings.xml"), "si").map(textOf);
  const dates = datesOf(await xml(files, "xl/styles.xml"));
  const begin = all(book, "workbookPr").some((one) => ["1", "true"].includes(one.getAttribute("date1904"))) ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const sheets = [];
  for (const sheet of all(book, "sheet")) {
    const target = targets.get([...sheet.attributes].find(({ localName, prefix }) => localName === "id" && prefix !== null)?.value);
    if (target === undefined) continue;
    const page = await xml(files, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    sheets.push({ name: sheet.getAttribute("name"), rows: rowsOf(page, { texts, dates, begin }) });
  }
  return sheets;
}

const all = (page, name) => (page === null ? [] : [...page.getElementsByTagNameNS("*", name)]);

// How a word is pronounced stands beside it in some languages.
const textOf = (item) => all(item, "t").filter((text) => text.closest("rPh") === null).map(({ textContent }) => textContent).join("");

/** Where each file of the archive lies. */
function filesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map();
  let end = bytes.length - 22;
  while (end > 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end <= 0) return files;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0 && view.getUint32(at, true) === ENTRY; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(from, from + view.getUint32(at + 20, true));
    files.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)), { packed, isPlain: view.getUint16(at + 10, true) === 0 });
    at += 46 + name + extra + comment;
  }
  return files;
}

async function xml(files, name) {
  const file = files.get(name);
  if (file === undefined) return null;
  const stream = new Blob([file.packed]).stream();
  const text = await new Response(file.isPlain ? stream : stream.pipeThrough(new DecompressionStream("deflate-raw"))).text();
  return new DOMParser().parseFromString(text, "application/xml");
}

/** Which styles show a number as a date. */
function datesOf(styles) {
  const own = all(styles, "numFmt").filter((format) => /[dmyhs]/i.test(format.getAttribute("formatCode").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")));
  const dates = new Set([...DATES, ...own.map((format) => Number(format.getAttribute("numFmtId")))]);
  const shown = all(styles, "cellXfs").flatMap((list) => [...list.children]);
  return shown.map((style) => dates.has(Number(style.getAttribute("numFmtId"))));
}

function rowsOf(page, known) {
  const rows = [];
  for (const [number, row] of all(page, "row").entries()) {
    const cells = [];
    for (const [place, cell] of all(row, "c").entries()) {
      const said = cellOf(cell, known);
      if (said !== null) cells[columnOf(cell.getAttribute("r")) ?? place] = said;
    }
    // A gap in the row is an empty cell, and one between rows an empty row.
    if (cells.length > 0) rows[(Number(row.getAttribute("r")) || number + 1) - 1] = Array.from(cells, (cell) => cell ?? null);
  }
  return Array.from(rows, (row) => row ?? []);
}

/** "AB12" is in the column 27, counted from 0. */
function columnOf(place) {
  const letters = /^[A-Z]+/.exec(place ?? "")?.[0];
  return letters === undefined ? null : [...letters].reduce((number, letter) => 26 * number + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellOf(cell, { texts, dates, begin }) {
  const value = all(cell, "v")[0]?.textContent;
  const kind = cell.getAttribute("t") ?? "n";
  if (kind === "inlineStr") return all(cell, "is").map(textOf).join("");
  if (value === undefined || value === "") return null;
  if (kind === "s") return texts[Number(value)] ?? null;
  if (kind === "b") return value === "1" ? "true" : "false";
  if (kind !== "n") return value;
  if (!dates[Number(cell.getAttribute("s") ?? 0)]) return Number(value);
  const date = new Date(begin + Math.round(Number(value) * DAY / 1000) * 1000).toISOString();
  return date.endsWith("T00:00:00.000Z") ? date.slice(0, 10) : date.slice(0, 19).replace("T", " ");
}
