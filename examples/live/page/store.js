// The one place where the page keeps what somebody has done. Everything else on the page follows from it.

const state = {
  // A spreadsheet by its columns, a row a touchpoint, every cell as it was typed: { language, about: {...}, columns: [...], rows: [{...}] }.
  table: { language: "en", about: {}, columns: [], rows: [] },
  // What is done differently in each variant.
  changes: { A: [], B: [] },
  // The ending that should become rarer.
  outcome: "churn",

  // What is looked at; not undone.
  variant: "A",
  tab: "try",
  selected: null,
  whole: false,
  lang: "en",
};

const WORK = ["table", "changes", "outcome"];
const KEPT = "customer-journey-live-2";
const listeners = [];
let past = [];
let future = [];
let lastStep = null;
let isSaved = true;

export const get = () => state;
export const onChange = (listener) => listeners.push(listener);
export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;
export const hasUnsaved = () => !isSaved;

const work = () => Object.fromEntries(WORK.map((key) => [key, state[key]]));
const tell = () => listeners.forEach((listener) => listener(state));

/** Looks at something else. */
export function look(at) {
  Object.assign(state, at);
  tell();
}

/** Does something to the map. Steps of the same name, such as those of one drag, are undone as one. */
export function workOn(done, step = null) {
  if (step === null || step !== lastStep) past.push(work());
  lastStep = step;
  future = [];
  isSaved = false;
  Object.assign(state, done);
  keep();
  tell();
}

/** Begins with another map; what was there is one step back. Nothing is kept of it until somebody changes it. */
export function begin(table) {
  past.push(work());
  [future, lastStep, isSaved] = [[], null, true];
  Object.assign(state, { table, changes: { A: [], B: [] }, selected: null });
  tell();
}

/** Forgets the steps, as nobody has done anything yet. */
export function forgetSteps() {
  [past, future, lastStep] = [[], [], null];
}

function step(from, to) {
  if (from.length === 0) return;
  to.push(work());
  lastStep = null;
  isSaved = false;
  Object.assign(state, from.pop());
  keep();
  tell();
}

export const undo = () => step(past, future);
export const redo = () => step(future, past);

export function saved() {
  isSaved = true;
  tell();
}

/** Keeps a copy in the browser, where that is allowed. */
function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...work(), at: new Date().toISOString() }));
  } catch {
    // Not allowed here, or full: closing asks all the same.
  }
}

/** The copy that the browser kept, if there is one. */
export function kept() {
  try {
    const copy = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(copy?.table?.rows) && copy.table.rows.length > 0 ? copy : null;
  } catch {
    return null;
  }
}

export function restore(copy) {
  workOn(Object.fromEntries(WORK.map((key) => [key, copy[key] ?? state[key]])));
}

/** What tells one change from another: a second one of the same kind at the same place takes its place. */
const placeOf = ({ do: kind, at, from, to, outcome, when, given, after, ability }) =>
  JSON.stringify([kind, at, from, to, outcome, when, given, after, ability]);

/** Tries a change in the variant that is looked at. */
export function change(wish) {
  const place = placeOf(wish);
  const others = state.changes[state.variant];
  const at = others.findIndex((other) => placeOf(other) === place);
  const list = at < 0 ? [...others, wish] : others.with(at, wish);
  workOn({ changes: { ...state.changes, [state.variant]: list } }, place);
}

export function takeBack(number) {
  const list = state.changes[state.variant].toSpliced(number, 1);
  workOn({ changes: { ...state.changes, [state.variant]: list } });
}

export function takeAllBack() {
  workOn({ changes: { ...state.changes, [state.variant]: [] } });
}

/** Types into a cell. */
export function type(row, column, text) {
  const rows = state.table.rows;
  const typed = { ...rows[row], [column]: text };
  workOn({ table: { ...state.table, rows: rows.with(row, typed) } }, `cell ${row} ${column}`);
}

/** Types into what holds for the map as a whole. */
export function tellAbout(key, text) {
  const { [key]: _, ...about } = state.table.about;
  if (text !== "") about[key] = text;
  workOn({ table: { ...state.table, about } }, `about ${key}`);
}

/** Puts a row in; it begins in the phase and channel of the row above, which is where people mostly go on. */
export function addRow(at = state.table.rows.length) {
  const { phase = "", channel = "" } = state.table.rows[at - 1] ?? {};
  workOn({ table: { ...state.table, rows: state.table.rows.toSpliced(at, 0, { phase, channel }) } });
}

/** The same table in other words: nothing that somebody did, and no step. */
export function retell(table) {
  Object.assign(state, { table });
  tell();
}

export function removeRow(at) {
  workOn({ table: { ...state.table, rows: state.table.rows.toSpliced(at, 1) } });
}

export function moveRow(at, by) {
  const rows = [...state.table.rows];
  const [row] = rows.splice(at, 1);
  rows.splice(Math.max(0, at + by), 0, row);
  workOn({ table: { ...state.table, rows } });
}
