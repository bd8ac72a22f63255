// The little of WASI that a program needs which reads standard input and writes standard output, and nothing else.
// There are no files, no arguments and no network; draws are all zero, as no figure may depend on them.

const SUCCESS = 0;
const BAD_FILE = 8;
const [INPUT, OUTPUT, ERRORS] = [0, 1, 2];

/** Runs a compiled program on a text and answers what it printed. */
export async function run(program, input) {
  let unread = new TextEncoder().encode(input);
  const printed = { [OUTPUT]: [], [ERRORS]: [] };
  let memory;
  const view = () => new DataView(memory.buffer);
  const bytes = (from, length) => new Uint8Array(memory.buffer, from, length);

  // Buffers come as a list of pairs: where each begins, and how long it is.
  function* buffers(list, count) {
    for (let pair = list; pair < list + 8 * count; pair += 8) {
      yield bytes(view().getUint32(pair, true), view().getUint32(pair + 4, true));
    }
  }

  const system = {
    fd_read(file, list, count, lengthAt) {
      if (file !== INPUT) return BAD_FILE;
      let length = 0;
      for (const buffer of buffers(list, count)) {
        const piece = unread.subarray(0, buffer.length);
        buffer.set(piece);
        unread = unread.subarray(piece.length);
        length += piece.length;
      }
      view().setUint32(lengthAt, length, true);
      return SUCCESS;
    },
    fd_write(file, list, count, lengthAt) {
      if (!(file in printed)) return BAD_FILE;
      let length = 0;
      for (const buffer of buffers(list, count)) {
        printed[file].push(buffer.slice());
        length += buffer.length;
      }
      view().setUint32(lengthAt, length, true);
      return SUCCESS;
    },
    environ_get: () => SUCCESS,
    environ_sizes_get(countAt, sizeAt) {
      view().setUint32(countAt, 0, true);
      view().setUint32(sizeAt, 0, true);
      return SUCCESS;
    },
    random_get(at, length) {
      bytes(at, length).fill(0);
      return SUCCESS;
    },
    proc_exit(status) {
      throw new Error(`the program ended with ${status}`);
    },
  };
  // Whatever else the program was linked with and does not use here.
  const refuse = { get: (known, name) => known[name] ?? (() => BAD_FILE) };
  const imports = { wasi_snapshot_preview1: new Proxy(system, refuse) };

  const instance = await WebAssembly.instantiate(program, imports);
  memory = instance.exports.memory;
  try {
    instance.exports._start();
  } catch (error) {
    throw new Error((await text(printed[ERRORS])) || String(error));
  }
  return text(printed[OUTPUT]);
}

const text = (pieces) => new Blob(pieces).text();
