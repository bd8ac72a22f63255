// "Draw": the map as a table, a row a touchpoint. The program reads every cell and says what is wrong beside it.

import { button, element, fill, markup } from "./dom.js";
import { addRow, get, moveRow, removeRow, tellAbout, type, workOn } from "./store.js";
import { choices, columns, heading, word } from "./words.js";

const section = document.getElementById("draw");
const panes = {};
// The columns that most maps need; the others are shown on request, and where a map uses them.
const MAIN = ["name", "phase", "channel", "emotion", "next", "ends"];
const ABOUT = [["journey", "mapName"], ["persona", "persona"], ["scenario", "scenario"]];
// What has an entry a line.
const LINES = ["quotes", "ideas", "figures", "notes"];
// What only the program writes is shown where a map has it.
const WRITTEN = ["order", "more", "image"];

let showsAll = false;
let built = null;

const pane = (name, attributes = {}) => (panes[name] = element("div", { id: `draw-${name}`, ...attributes }));

export function buildDrawing() {
  built = null;
  fill(section,
    element("div", { class: "card" }, pane("about"), pane("grid"), pane("tools", { class: "tools" }), pane("problems", { "aria-live": "polite" })),
    element("section", { class: "card" }, pane("state", { class: "refusal" }), pane("picture", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("theMap") }), pane("notes", { lang: "en" })));
  panes.grid.addEventListener("keydown", walk);
  panes.grid.addEventListener("paste", paste);
}

export const drawnWidth = () => panes.picture.clientWidth || 900;

const idOf = (row, column) => `cell-${row}-${column}`;
const inputOf = (row, column) => document.getElementById(idOf(row, column));

export function showDrawing(answer) {
  buildGrid();
  for (const [key] of ABOUT) setValue(document.getElementById(`about-${key}`), get().table.about[key] ?? "");
  get().table.rows.forEach((row, number) => shown().forEach((column) => setValue(inputOf(number, column), row[column] ?? "")));
  if (answer === undefined) return;
  showProblems(answer.problems ?? []);
  const stopped = answer.refused ?? answer.no_flow;
  fill(panes.state, stopped ? [element("p", {}, word("cannot")), element("pre", { lang: "en" }, stopped)] : [],
    answer.problems?.length ? element("p", { class: "soft" }, word("older")) : null);
  panes.picture.classList.toggle("stale", !answer.map);
  if (answer.map) markup(panes.picture, answer.map);
  fill(panes.notes, answer.notes?.length ? [element("h2", { lang: get().lang }, word("notesHeading")), element("ul", {}, answer.notes.map((note) => element("li", {}, placeOf(note), note.told)))] : []);
}

function setValue(input, text) {
  if (input && input.value !== text && document.activeElement !== input) input.value = text;
}

function shown() {
  const used = (column) => get().table.rows.some((row) => (row[column] ?? "") !== "");
  return columns().filter((column) => MAIN.includes(column) || used(column) || (showsAll && !WRITTEN.includes(column)));
}

// A text with line breaks keeps them while somebody types.
const isLong = (column) => LINES.includes(column) || get().table.rows.some((row) => row[column]?.includes("\n"));

/** Where something is: "Feeling, row 3: ", in the language of the page. */
function placeOf({ row, column, about }) {
  const label = about ? word(ABOUT.find(([key]) => key === about)?.[1] ?? "about") : column ? heading(column) : null;
  const place = row === undefined ? label : label === null ? word("rowOf", row + 1) : word("cell", label, row + 1);
  return place === null ? null : element("span", { lang: get().lang }, `${place}: `);
}

/** Builds the table anew where its shape has changed; cells that somebody types in stay as they are. */
function buildGrid() {
  const rows = get().table.rows;
  const shape = JSON.stringify([rows.length, shown().map((column) => [column, isLong(column)]), get().lang]);
  if (shape === built) return;
  built = shape;
  const focused = document.activeElement?.id;
  fill(panes.about, ABOUT.map(([key, label]) => element("label", {}, word(label),
    element("input", { type: "text", id: `about-${key}`, on: { input: (event) => tellAbout(key, event.target.value) } }))));
  const head = element("tr", {}, element("th", { scope: "col" }, "#"), shown().map((column) => element("th", { scope: "col" }, heading(column))), element("td", {}));
  fill(panes.grid, element("div", { class: "scroll" }, element("table", { class: "grid", "aria-label": word("tableName") },
    element("thead", {}, head), element("tbody", {}, rows.map((_, row) => rowOf(row))))));
  fill(panes.tools,
    button(word("addRow"), () => { addRow(); inputOf(get().table.rows.length - 1, "name")?.focus(); }, { id: "add-row" }),
    button(word(showsAll ? "fewer" : "more"), () => { showsAll = !showsAll; showDrawing(); document.getElementById("more-columns").focus(); }, { id: "more-columns", "aria-expanded": String(showsAll) }));
  if (focused) document.getElementById(focused)?.focus();
}

function rowOf(row) {
  const lists = choices(get().table.language);
  const cells = shown().map((column) => element("td", { "data-label": heading(column) },
    inputFor(isLong(column), {
      id: idOf(row, column), list: column in lists ? `known-${column}` : null, autocomplete: "off", "data-row": row, "data-column": column,
      "aria-label": word("cell", heading(column), row + 1),
      placeholder: column === "next" ? word("nextHint") : column === "ends" ? word("endsHint") : null,
      on: { input: (event) => type(row, column, event.target.value) },
    }, get().table.rows[row][column] ?? ""),
    element("p", { class: "problem", id: `${idOf(row, column)}-problem`, lang: "en" })));
  return element("tr", {}, element("th", { scope: "row" }, row + 1), cells, element("td", { class: "row-tools" },
    row > 0 ? button("↑", () => moveRow(row, -1), { "aria-label": word("up", row + 1) }) : null,
    button("×", () => removeRow(row), { "aria-label": word("removeRow", row + 1) })));
}

function inputFor(isLong_, { list, ...attributes }, value) {
  const input = isLong_ ? element("textarea", { rows: 2, ...attributes }) : element("input", { type: "text", list, ...attributes });
  input.value = value;
  return input;
}

function showProblems(problems) {
  const of = (row, column) => problems.filter((problem) => problem.row === row && (problem.column ?? "name") === column).map(({ told }) => told);
  get().table.rows.forEach((_, row) => shown().forEach((column) => {
    const input = inputOf(row, column);
    if (!input) return;
    const told = of(row, column).join("\n");
    input.nextElementSibling.textContent = told;
    if (told === "") {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    } else {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", input.nextElementSibling.id);
    }
  }));
  const listed = problems.map((problem) => {
    const { row, column, told } = problem;
    const place = placeOf(problem);
    if (row === undefined) return element("li", { lang: "en" }, place, told);
    const go = () => { if (!shown().includes(column ?? "name")) { showsAll = true; showDrawing(); } inputOf(row, column ?? "name")?.focus(); };
    return element("li", {}, button(word("cell", heading(column ?? "name"), row + 1), go, { class: "link" }), " ", element("span", { lang: "en" }, told));
  });
  fill(panes.problems, element("p", {}, problems.length === 0 ? word("good") : word("problems", problems.length)), listed.length > 0 ? element("ul", {}, listed) : null);
}

/** Enter goes to the next row, and makes one below the last. */
function walk(event) {
  const { row, column } = event.target.dataset;
  if (row === undefined || event.isComposing || (event.target.localName === "textarea" && event.key === "Enter")) return;
  const to = { Enter: 1, ArrowDown: event.altKey ? 1 : 0, ArrowUp: event.altKey ? -1 : 0 }[event.key];
  if (!to) return;
  event.preventDefault();
  const next = Number(row) + to;
  if (event.key === "Enter" && next === get().table.rows.length) addRow();
  inputOf(next, event.key === "Enter" && next === get().table.rows.length - 1 && column === "ends" ? "name" : column)?.focus();
}

/** Cells copied from a spreadsheet go into as many cells here. */
function paste(event) {
  const { row, column } = event.target.dataset;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (row === undefined || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const { table } = get();
  const rows = [...table.rows];
  const visible = shown();
  text.split("\n").forEach((line, down) => {
    const number = Number(row) + down;
    const cells = { ...rows[number] };
    line.split("\t").forEach((cell, across) => {
      const name = visible[visible.indexOf(column) + across];
      if (name) cells[name] = cell.trim();
    });
    rows[number] = cells;
  });
  document.activeElement.blur();
  workOn({ table: { ...table, rows } });
}
