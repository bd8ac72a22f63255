// The program that computes: unpacked from the page once, run for each request.

import { run } from "./wasi.js";

let program;

/** Unpacks and compiles the program that the page carries. */
export async function start() {
  const carried = Uint8Array.from(atob(document.getElementById("module").textContent.trim()), (sign) => sign.charCodeAt(0));
  const isCompressed = carried[0] === 0x1f;
  const unpacked = new Blob([carried]).stream().pipeThrough(isCompressed ? new DecompressionStream("gzip") : new TransformStream());
  program = await WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}

/** Asks the program; the answer has a key `refused` where there is none. */
export async function ask(request) {
  try {
    return JSON.parse(await run(program, JSON.stringify(request)));
  } catch (error) {
    return { refused: String(error.message ?? error) };
  }
}
