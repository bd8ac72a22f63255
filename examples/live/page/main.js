// Starts the page, and follows every change: the table is read, the map is tried, and what is looked at is shown.

import { button, element, fill } from "./dom.js";
import { ask, start } from "./engine.js";
import { buildDrawing, drawnWidth, showDrawing } from "./drawing.js";
import { buildTrial, showTrial, widths } from "./trial.js";
import { showBeside } from "./beside.js";
import { FORMS, embedded, open, openTemplate, save, saveTable } from "./files.js";
import { begin, canRedo, canUndo, forgetSteps, get, hasUnsaved, kept, look, onChange, redo, restore, retell, undo } from "./store.js";
import { LANGUAGES, choices, learn, speak, word } from "./words.js";

const TABS = ["draw", "try", "beside"];
const name = document.getElementById("name");
const bar = document.getElementById("bar");
const message = document.getElementById("message");
const took = document.getElementById("took");

// The last table that was read, what came of it, and the document of the last one that was a map.
let read = { table: null, lang: null, answer: undefined };
let isMended = true;
let document_ = null;
let answers = {};

/** Asks for what is looked at, and shows it. */
async function follow() {
  // What it is now: more may be done while the program is at work.
  const state = { ...get() };
  const began = performance.now();
  for (const id of TABS) document.getElementById(id).hidden = id !== state.tab;
  if (state.table !== read.table || state.lang !== read.lang) {
    const answer = await ask({ ask: "draw", table: state.table, width: drawnWidth(), lang: state.lang });
    read = { table: state.table, lang: state.lang, answer };
    isMended = answer.problems?.length === 0;
    if (answer.document) document_ = answer.document;
    else if (isMended) document_ = null;
  }
  const { changes, variant, outcome, whole, lang, tab } = state;
  if (document_ === null) {
    answers = {};
  } else if (tab === "try") {
    answers.try = await ask({ ask: "try", document: document_, changes: changes[variant], outcome, lang, whole, ...widths() });
  } else if (tab === "beside") {
    answers.beside = await ask({ ask: "beside", document: document_, variants: [changes.A, changes.B], lang });
  }
  show();
  const time = Math.round(performance.now() - began);
  took.dataset.took = time;
  took.textContent = word("took", time);
}

function show() {
  const { tab, table } = get();
  name.textContent = table.about.journey || word("unnamed");
  document.title = name.textContent;
  showBar();
  if (tab === "draw") showDrawing(read.answer);
  if (tab === "try") showTrial(document_ === null ? undefined : answers.try);
  if (tab === "beside") showBeside(document_ === null ? undefined : answers.beside);
  document.getElementById("try").classList.toggle("empty", document_ === null);
}

// What the page is still at, so that nobody looks too early.
let works = 0;
async function atWork(work) {
  works += 1;
  document.documentElement.dataset.busy = "true";
  try {
    return await work();
  } finally {
    works -= 1;
    document.documentElement.dataset.busy = String(works > 0);
  }
}

// One request at a time; what happens meanwhile is followed once, as it is then.
let isFollowing = false;
let isBehind = false;
async function changed() {
  // A new row is there at once, to be typed in.
  if (get().tab === "draw") showDrawing();
  isBehind = true;
  if (isFollowing) return;
  isFollowing = true;
  await atWork(async () => {
    while (isBehind) {
      isBehind = false;
      await follow();
      await new Promise(requestAnimationFrame);
    }
  });
  isFollowing = false;
}

function showBar() {
  const { tab, lang } = get();
  const focused = document.activeElement?.id;
  const menu = (id, label, options, choose) => element("select", { id, "aria-label": label, on: { change: async (event) => {
    const chosen = event.target.value;
    event.target.value = "";
    if (chosen !== "") tell(await atWork(() => choose(chosen)));
  } } }, element("option", { value: "" }, label), Object.entries(options).map(([value, text]) => element("option", { value }, text)));
  const file = element("input", { type: "file", id: "file", class: "away", tabindex: "-1", "aria-label": word("open"), accept: ".json,.csv,.tsv,.xlsx,.mmd,.md,.txt", on: { change: (event) => openFile(event.target.files[0]) } });
  const forms = Object.fromEntries([...Object.keys(FORMS), "copy"].map((form) => [form, word(form)]));
  fill(bar,
    element("div", { class: "tabs", role: "group" }, TABS.map((id) => button(word(id), () => look({ tab: id }), { id: `tab-${id}`, "aria-pressed": String(id === tab) }))),
    menu("new", word("new"), { empty: word("empty"), map: word("first"), service: word("service") }, (template) => openTemplate(template)),
    button(word("open"), () => file.click(), { id: "open", title: word("drop") }), file,
    menu("save", word("save"), forms, keep),
    button(word("undo"), undo, { id: "undo", disabled: !canUndo() }),
    button(word("redo"), redo, { id: "redo", disabled: !canRedo() }),
    element("select", { id: "language", "aria-label": word("language"), on: { change: (event) => atWork(() => speakAnew(event.target.value)) } },
      Object.entries(LANGUAGES).map(([tag, own]) => element("option", { value: tag, selected: tag === lang, lang: tag }, own))));
  if (focused) document.getElementById(focused)?.focus();
}

/** Saves what the table says now. While something is to be mended, that is the table alone: no map is older than what is seen. */
function keep(form) {
  const { changes, variant } = get();
  if (form === "table" && (!isMended || changes[variant].length === 0)) return saveTable();
  if (!isMended) return word("mendFirst");
  return document_ === null ? word("nothing") : save(form, document_);
}

async function speakAnew(tag) {
  speak(tag);
  offerWords(tag);
  buildTrial();
  buildDrawing();
  for (const fixed of document.querySelectorAll("[data-word]")) {
    const key = fixed.dataset.word;
    fixed.textContent = key === "private" ? `${word(key)} ${word("english")}` : word(key);
  }
  look({ lang: tag });
  const { table } = get();
  const { table: told } = table.language === tag ? {} : await ask({ ask: "speak", table, lang: tag });
  if (told && get().table === table) retell(told);
}

function tell(text, ...more) {
  fill(message, text ? element("p", {}, text) : null, more);
}

async function openFile(file) {
  if (file) tell(await atWork(() => open(file)));
}

function offerCopy() {
  const copy = kept();
  if (copy === null) return;
  tell(word("keptCopy", new Date(copy.at).toLocaleString(get().lang)),
    button(word("continue"), () => { restore(copy); tell(""); }, { id: "continue" }), " ",
    button(word("discard"), () => tell("")));
}

// The words that people may type come from the program's own list, in the language of the page.
function offerWords(tag) {
  for (const [column, some] of Object.entries(choices(tag))) {
    const id = `known-${column}`;
    document.getElementById(id)?.remove();
    document.body.append(element("datalist", { id }, some.map((value) => element("option", { value }))));
  }
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  openFile(event.dataTransfer.files[0]);
});
addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input[type=text], input[type=number], textarea");
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || isTyping) return;
  event.preventDefault();
  (event.shiftKey ? redo : undo)();
});
addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});

const own = navigator.languages?.map((tag) => tag.slice(0, 2)).map((tag) => ({ no: "nb", nn: "nb" })[tag] ?? tag).find((tag) => tag in LANGUAGES) ?? "en";
await start();
learn(await ask({ ask: "words" }));
await speakAnew(own);
const first = await embedded();
if (first?.table) begin(first.table);
else if ((await openTemplate("service")) === "") look({ tab: "try" });
forgetSteps();
if (first?.refused) tell(first.refused);
onChange(changed);
offerCopy();
await changed();
document.documentElement.dataset.started = "true";
