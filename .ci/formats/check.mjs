// Asks the real tools whether they understand what was written: node check.mjs FOLDER DOCUMENT...
// The folder holds, for each document, its name with .journey.mmd, .plain.mmd, .flowchart.mmd, .vl.json, .cjml,
// .report.json and .sarif, and the schemas; comparisons end in .comparison.json,
// segments and windows in .parts.json.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import Ajv2020 from 'ajv/dist/2020.js';
import { JSDOM } from 'jsdom';
import { compile } from 'vega-lite';
import * as vega from 'vega';

const { window } = new JSDOM('<!doctype html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const mermaid = (await import('mermaid')).default;
mermaid.initialize({ startOnLoad: false });

// Mermaid hides entities until it draws.
const shown = (text) => text
  .replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code))
  .replace(/ﬂ°(\w+)¶ß/g, (_, name) => ({ quot: '"', amp: '&', lt: '<', gt: '>' })[name]);
const lines = (text) => shown(text.replace(/<br\/?>/g, '\n'));

const [folder, ...documents] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), 'utf8');
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const schema = (name) => ajv.compile(JSON.parse(read(name)));
const [isJourney, isReport, isComparison, isParts] = ['journey', 'report', 'comparison', 'parts']
  .map((name) => schema(`${name}.schema.json`));

// The schema of SARIF 2.1.0 as it was published, which a package carries.
const published = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const isSarif = new Ajv04({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true })
  .compile(JSON.parse(readFileSync(new URL(published, import.meta.url), 'utf8')));

for (const path of documents) {
  const name = basename(path, '.json');
  const found = JSON.parse(read(`${name}.sarif`));
  assert.ok(found.runs[0].results.length > 0 && isSarif(found), `${name}: ${JSON.stringify(isSarif.errors)}`);
  const journey = JSON.parse(readFileSync(path, 'utf8'));
  const known = journey.touchpoints.filter((at) => at.emotion !== undefined);
  const label = (at) => (at.name ?? at.id).trim();

  for (const [ending, details] of [['journey', true], ['plain', false]]) {
    const text = read(`${name}.${ending}.mmd`);
    assert.equal(text.includes('%% cx '), details);
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const tasks = db.getTasks();
    assert.deepEqual(tasks.map((task) => lines(task.task).trim()), known.map(label));
    for (const [number, task] of tasks.entries()) {
      const { emotion, emotion_when_broken: broken } = known[number];
      if (typeof emotion === 'number' && broken === undefined) {
        assert.ok(Math.abs(task.score - (3 + 2 * emotion)) < 0.006, `${name}: ${task.task} ${task.score}`);
      }
      assert.deepEqual(task.people.map(shown), journey.persona ? [journey.persona] : []);
      assert.match(task.section, new RegExp(`^${known[number].phase}`, 'i'));
    }
    assert.equal(shown(db.getDiagramTitle()), journey.name);
  }

  const flowchart = read(`${name}.flowchart.mmd`);
  await mermaid.parse(flowchart);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(flowchart);
  const vertices = db.getVertices();
  for (const [number, at] of journey.touchpoints.entries()) {
    const vertex = vertices.get(`n${number}`);
    assert.ok(lines(vertex.text).startsWith(`${label(at)}\n[${at.channel}]`), vertex.text);
  }
  assert.equal([...vertices.keys()].filter((id) => id.startsWith('n')).length, journey.touchpoints.length);
  const between = db.getEdges().filter((edge) => edge.start.startsWith('n') && edge.end.startsWith('n'));
  assert.equal(between.length, journey.transitions.length);

  const complaints = [];
  const complain = (...words) => complaints.push(words.join(' '));
  const logger = { warn: complain, error: complain, info() {}, debug() {}, level() { return this; } };
  const chart = JSON.parse(read(`${name}.vl.json`));
  const { spec } = compile(chart, { logger });
  const svg = await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
  assert.deepEqual(complaints, []);
  assert.ok(svg.startsWith('<svg'));

  const xml = new window.DOMParser().parseFromString(read(`${name}.cjml`), 'application/xml');
  assert.equal(xml.querySelector('parsererror'), null);
  const points = [...xml.querySelectorAll('touchpointID')].map((point) => point.textContent);
  assert.deepEqual(points, journey.touchpoints.map((at) => at.id));

  assert.ok(isJourney(journey), ajv.errorsText(isJourney.errors));
  const report = JSON.parse(read(`${name}.report.json`));
  assert.ok(isReport(report), ajv.errorsText(isReport.errors));
  assert.ok(!isJourney({ ...journey, nmae: 'x' }));
  console.log(`${name}: ${known.length} tasks, ${between.length} ways, chart of ${svg.length} bytes, ${points.length} points`);
}

for (const [ending, fits, fewest] of [['.comparison.json', isComparison, 3], ['.parts.json', isParts, 2]]) {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  assert.ok(names.length >= fewest, `${names.length} of ${ending}`);
  for (const name of names) {
    const known = JSON.parse(read(name));
    assert.ok(fits(known), `${name}: ${ajv.errorsText(fits.errors)}`);
    assert.ok(!fits({ ...known, figures: 1, segments: 1, windows: 1 }), name);
  }
  console.log(`${names.length} of ${ending}`);
}
