//! The one style sheet of the page: light and dark on screens, always light on paper.

/// Colours, type and layout. It holds none of the characters that XML would take for marks.
pub(super) const SHEET: &str = r#"
:root {
  color-scheme: light;
  --page: #f4f5f7; --surface: #ffffff; --ink: #1b1f24; --soft: #4c535d; --rule: #d9dde3; --track: #e4e8ee;
  --accent: #24408e; --alarm: #a50026; --bar: #5c74b8; --hurt: #c2566a; --quote: #eef2f7;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #12151a; --surface: #1b2027; --ink: #e8eaed; --soft: #b3bac4; --rule: #353c47; --track: #313844;
    --accent: #a9bdf5; --alarm: #ff9d9d; --bar: #7f97dc; --hurt: #e07f8d; --quote: #232a34;
  }
  #map, #map-narrow, .cj {
    --cj-paper: #1b2027; --cj-ink: #e8eaed; --cj-soft: #b3bac4; --cj-faint: #98a1ad; --cj-rule: #323944; --cj-edge: #5d6673;
    --cj-way: #8d96a3; --cj-phase: #2a3440; --cj-stage: #232b35; --cj-spread: #465160; --cj-alarm: #ff9d9d; --cj-good: #a9bdf5;
    --cj-zone: #20262e; --cj-f1: #d0384f; --cj-f2: #e0954a; --cj-f3: #b9bba0; --cj-f4: #74aac6; --cj-f5: #6f86d6;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; padding: 8px 12px; background: var(--surface); z-index: 1; }
header, nav, main, footer { max-width: 1232px; margin: 0 auto; padding: 0 40px; }
header { padding-top: 48px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 34px; letter-spacing: -0.01em; margin-bottom: 12px; }
h2 { font-size: 25px; margin-bottom: 12px; }
h3 { font-size: 18px; margin: 24px 0 8px; }
h4 { font-size: 15px; margin: 0 0 8px; }
p { margin: 0 0 12px; max-width: 76ch; }
ul, ol { margin: 0 0 12px; padding-left: 1.3em; max-width: 80ch; }
li { margin-bottom: 4px; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.eyebrow { color: var(--soft); font-size: 14px; letter-spacing: 0.04em; margin-bottom: 4px; }
.about { margin-bottom: 4px; }
.soft, .meta { color: var(--soft); }
.meta { font-size: 14px; margin-bottom: 10px; }
.alarm { color: var(--alarm); font-weight: 600; }
.unknown { color: var(--soft); font-style: italic; }
.id { color: var(--soft); font-weight: normal; font-size: 13px; }
nav { margin-top: 24px; }
nav ol { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; margin: 0; padding: 12px 0; max-width: none;
  border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); font-size: 15px; }
nav li { margin: 0; }
nav a { text-decoration: none; display: inline-block; padding: 3px 0; }
nav a:hover { text-decoration: underline; }
main { padding-bottom: 24px; }
.part { margin-top: 56px; }
#answer { margin-top: 16px; }
.card, figure { background: var(--surface); border: 1px solid var(--rule); border-radius: 10px; padding: 20px; margin: 0 0 20px; }
figure.card { padding: 12px; }
figure svg { display: block; margin: 0 auto; }
figcaption { color: var(--soft); font-size: 14px; padding: 8px 12px 4px; max-width: 90ch; }
.scroll { overflow-x: auto; border-radius: 6px; }
.narrow, .paper { display: none; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 4px 48px; }
.lopsided { grid-template-columns: minmax(0, 746px) minmax(0, 1fr); gap: 4px 32px; align-items: start; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr)); gap: 20px; margin: 8px 0 16px; }
.cards .card { margin: 0; }
.card h3 { margin: 0 0 4px; }
.card p:last-child, .card ul:last-child { margin-bottom: 0; }
.card ul { font-size: 15px; padding-left: 1.1em; }
.card .soft { font-size: 15px; }
.cards.flow { display: block; columns: 2 440px; column-gap: 20px; }
.cards.flow .card { break-inside: avoid; margin-bottom: 20px; }
.rank { display: inline-block; min-width: 1.7em; padding: 0 0.4em; border-radius: 0.85em; background: var(--alarm); color: var(--surface);
  text-align: center; font-size: 15px; line-height: 1.7; margin-right: 4px; }
.cure { border-left: 3px solid var(--accent); padding-left: 10px; margin: 10px 0 0; font-weight: 600; font-size: 15px; }
.bar { display: block; height: 10px; border-radius: 5px; background: var(--track); overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--bar); border-radius: 5px; min-width: 2px; }
.pain .bar span { background: var(--hurt); }
.share { margin-bottom: 10px; }
.share .bar { margin-bottom: 6px; }
.bars { list-style: none; padding: 0; margin: 8px 0 16px; }
.card .bars { padding: 0; }
.bars li { display: grid; grid-template-columns: minmax(0, 9em) minmax(80px, 1fr) minmax(0, 12em); gap: 4px 16px; align-items: center;
  margin-bottom: 8px; }
.bars.long li { grid-template-columns: minmax(0, 9em) minmax(80px, 14em) minmax(0, 1fr); }
.bars .soft { display: block; font-size: 14px; line-height: 1.3; }
.bars strong { white-space: nowrap; }
.answer { padding: 28px 32px 24px; }
.answer h3 { margin-top: 12px; }
.lead { font-size: 20px; line-height: 1.5; max-width: 56em; text-wrap: pretty; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); gap: 16px 24px; margin: 8px 0 16px; }
.tiles div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tiles dt { color: var(--soft); font-size: 14px; line-height: 1.35; }
.tiles dd { margin: 0; font-size: 23px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles .unknown { font-size: 17px; font-weight: normal; }
.numbers { margin: 8px 0; }
.numbers div { padding: 8px 0; border-top: 1px solid var(--rule); }
.numbers dt { font-weight: 600; display: flex; justify-content: space-between; gap: 12px; font-variant-numeric: tabular-nums; }
.numbers dd { margin: 0; font-size: 14px; color: var(--soft); line-height: 1.4; }
#print-appendix { width: 1.2em; height: 1.2em; vertical-align: -0.2em; }
.card img { display: block; max-width: 100%; max-height: 240px; border-radius: 6px; margin: 0 0 10px; }
.words { margin: 0; } .words dt { color: var(--soft); font-size: 14px; } .words dd { margin: 0 0 8px; font-size: 15px; }
.short li { margin-bottom: 6px; }
.ground { background: var(--quote); border-radius: 8px; padding: 12px 16px; max-width: none; margin-top: 16px; }
.quotes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 205px), 1fr)); gap: 16px; margin: 12px 0 16px; }
.quote { margin: 0; display: flex; flex-direction: column; }
.quote .meta { margin-top: auto; }
blockquote { margin: 0 0 10px; padding: 10px 12px; background: var(--quote); border-radius: 8px; font-size: 17px; font-style: italic; }
blockquote p { margin: 0; }
.facts { margin: 0; font-size: 14px; }
.facts div { display: flex; gap: 8px; justify-content: space-between; border-top: 1px solid var(--rule); padding: 4px 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; text-align: right; }
.dot { display: inline-block; width: 0.72em; height: 0.72em; border-radius: 50%; border: 1px solid var(--ink); margin-right: 0.4em; }
.cj-f1 { background: #a50026; } .cj-f2 { background: #fdb366; } .cj-f3 { background: #eaeccc; }
.cj-f4 { background: #98cae1; } .cj-f5 { background: #364b9a; }
details { margin: 8px 0 16px; }
summary { cursor: pointer; color: var(--accent); padding: 6px 0; font-weight: 600; }
table { border-collapse: collapse; min-width: min(100%, 640px); font-size: 14px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 12px 0 6px; font-size: 15px; }
th, td { padding: 7px 12px 7px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); min-width: 4.5em; }
thead th { vertical-align: bottom; color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--rule); }
tbody th { font-weight: 600; min-width: 8em; max-width: 22em; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.glossary { columns: 2; column-gap: 48px; margin: 0 0 16px; }
.glossary div { break-inside: avoid; padding: 0 0 16px; }
.glossary dt { font-weight: 600; }
.glossary dd { margin: 0; font-size: 15px; }
footer { color: var(--soft); font-size: 14px; padding-top: 16px; padding-bottom: 48px; }
footer p { border-top: 1px solid var(--rule); padding-top: 16px; max-width: none; }
@media (max-width: 900px) {
  .columns, .lopsided { grid-template-columns: minmax(0, 1fr); }
  header, nav, main, footer { padding-left: 24px; padding-right: 24px; }
}
@media screen and (max-width: 640px) {
  header, nav, main, footer { padding-left: 12px; padding-right: 12px; }
  header { padding-top: 24px; }
  h1 { font-size: 27px; } h2 { font-size: 22px; }
  .part { margin-top: 40px; }
  .card { padding: 14px; }
  figure.card { padding: 0; overflow: hidden; }
  .wide { display: none; }
  .narrow { display: block; }
  .narrow svg { margin: 0 auto; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .answer { padding: 18px 16px; }
  .lead { font-size: 18px; }
  .bars li, .bars.long li { grid-template-columns: minmax(0, 1fr); gap: 2px; margin-bottom: 12px; }
  .glossary { columns: 1; }
}
@media print {
  body:not(:has(#print-appendix:checked)) .appendix, .ask, .on-screen { display: none; }
  #tasks { break-before: page; margin-top: 0; }
  #tasks .card { padding: 2.5mm 3mm; margin-bottom: 2.5mm; } #tasks h3 { font-size: 10.5pt; }
  #tasks .card ul, #tasks .card .cure, #tasks .meta { font-size: 8.3pt; line-height: 1.35; margin-bottom: 1mm; }
  #tasks li, #assumed li { margin-bottom: 0.5mm; } #tasks .card .cure { margin-top: 1mm; }
  #assumed { margin-top: 3mm; font-size: 8.3pt; line-height: 1.35; } #assumed h2 { font-size: 12.5pt; margin-bottom: 1mm; }
  #assumed h3 { font-size: 9.5pt; margin: 2mm 0 1mm; } #assumed ul, #assumed p { max-width: none; margin-bottom: 1mm; }
  main, footer { padding-bottom: 0; } footer { font-size: 7.5pt; padding-top: 2mm; } footer p { padding-top: 2mm; margin: 0; }
  #answer { margin-top: 3mm; font-size: 9.5pt; line-height: 1.4; } .about { font-size: 9pt; max-width: none; margin-bottom: 1mm; }
  @page { size: A4; margin: 14mm 13mm; }
  @page flat { size: A4 landscape; margin: 10mm; }
  @page tall { size: A4; margin: 9mm 8mm; }
  :root { --page: #ffffff; }
  p, li, dd { orphans: 3; widows: 3; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { font-size: 10.5pt; }
  header, nav, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  .skip, nav { display: none; }
  h1 { font-size: 22pt; } h2 { font-size: 16pt; } h3 { font-size: 12.5pt; }
  h1, h2, h3, h4, summary, caption, thead, h2 + p, h3 + p, .need > p { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  .numbers { columns: 2; column-gap: 8mm; } .numbers div { break-inside: avoid; }
  .part { margin-top: 9mm; }
  .card, figure, tr, li, .tiles div, .quote, .need p { break-inside: avoid; }
  .card.answer { break-inside: auto; border: 0; padding: 0; }
  .answer > .columns > div { break-inside: avoid; } .answer h3 { margin-top: 2mm; } .answer .ground { padding: 1.5mm 3mm; margin-top: 1.5mm; }
  .answer p, .answer ul, .answer ol { margin-bottom: 1mm; max-width: none; } .short li { margin-bottom: 0.7mm; }
  .lead { font-size: 11pt; line-height: 1.35; }
  .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 2mm 3mm; margin: 1mm 0 2mm; }
  .tiles dd { font-size: 12pt; } .tiles dt { font-size: 8pt; }
  .cards, .cards.flow { display: block; columns: 2; column-gap: 5mm; }
  .cards .card, .cards.flow .card { margin-bottom: 5mm; padding: 4mm; }
  .card ul, .card .soft, .card .cure { font-size: 9.5pt; }
  .columns { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2mm 8mm; }
  .lopsided { grid-template-columns: minmax(0, 1fr); }
  .scroll { overflow: visible; }
  .scroll svg { max-height: 250mm; }
  #the-map h2 { display: none; }
  #run { break-before: page; }
  figure.map { page: tall; break-before: page; break-after: page; border: 0; padding: 0; margin: 0; }
  .map:has(.paper) .wide { display: none; } .paper { display: block; }
  .map .scroll svg { max-height: 246mm; width: 100%; }
  figure.map.flat { page: flat; }
  .map.flat .scroll svg { max-height: 158mm; }
  .map figcaption { padding: 2mm 0 0; max-width: none; }
  thead { display: table-header-group; }
  table { font-size: 8.5pt; }
  th, td { padding: 1.2mm 2mm 1.2mm 0; min-width: 0; }
  tbody th { min-width: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; color: var(--ink); padding: 3mm 0 0; }
  summary::-webkit-details-marker { display: none; }
  a { color: inherit; text-decoration: none; }
}
"#;
