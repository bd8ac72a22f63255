// Runs in each report, framed by frames.html: asks axe for what hinders readers, and measures what a browser made of it.
"use strict";
(async () => {
  const found = [];
  for (const details of document.querySelectorAll("details")) details.open = true;

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    found.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`);
  }

  let texts = 0;
  for (const svg of document.querySelectorAll("svg")) {
    if (svg.getBoundingClientRect().width === 0) continue;
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      texts += 1;
      const size = parseFloat(getComputedStyle(text).fontSize);
      const place = text.getBoundingClientRect();
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      if (size * scale < 11.9) found.push(`“${text.textContent}” is ${size * scale} px high`);
      // As high as letters are: fonts differ in the air that they count.
      const middle = (place.top + place.bottom) / 2;
      boxes.push({
        left: place.left, right: place.right, top: middle - 0.45 * size, bottom: middle + 0.45 * size, name: text.textContent,
      });
    }
    boxes.sort((a, b) => a.top - b.top);
    boxes.forEach((a, at) => {
      for (let next = at + 1; next < boxes.length && boxes[next].top < a.bottom - 0.5; next += 1) {
        const b = boxes[next];
        if (a.left < b.right - 0.5 && b.left < a.right - 0.5) found.push(`“${a.name}” overlaps “${b.name}”`);
      }
    });
  }

  // What is asked hardly depends on the width; a narrow window is asked for a few.
  if (!name.endsWith("measured")) {
    const answer = await axe.run(document, { resultTypes: ["violations"], elementRef: false });
    for (const fault of answer.violations) {
      for (const node of fault.nodes.slice(0, 3)) {
        const why = (node.any[0] || node.all[0] || {}).message || "";
        found.push(`${fault.id}: ${fault.help}: ${node.html.slice(0, 160)} ${why}`);
      }
    }
  }
  parent.postMessage({ name, found, texts }, "*");
})().catch((error) => parent.postMessage({ name, found: [String(error)], texts: 0 }, "*"));
