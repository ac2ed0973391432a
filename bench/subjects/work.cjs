// What the functions of several subjects do, the same in all of them.

const size = 1024 * 1024;
let file;

/** The 1 MB that is downloaded. */
exports.download = () => {
  file ??= Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz012345');
  return file;
};

/**
 * About 5 ms of computing. The loop is a function of its own that is called often: V8 may leave one
 * long loop unoptimised in some processes, for hundreds of requests, and it takes 25 ms there.
 */
exports.compute = () => {
  let value = 1;
  for (let block = 0; block < 5000; block++) value = mix(value, block * 1000);
  return String(value);
};

/** @type {(value: number, from: number) => number} */
function mix(value, from) {
  let mixed = value;
  for (let pass = from; pass < from + 1000; pass++) mixed = (Math.imul(mixed, 31) + pass) | 0;
  return mixed;
}

/** The messages of a stream of server-sent events. */
exports.messages = Array.from({ length: 20 }, (_, index) => `data: message ${index}\n\n`);

/**
 * Writes them one by one, each in an iteration of the event loop of its own.
 * @param {import('node:http').ServerResponse} res
 */
exports.stream = function stream(res, index = 0) {
  if (index === exports.messages.length) return res.end();
  res.write(exports.messages[index]);
  setImmediate(stream, res, index + 1);
};

/** The same as a web stream. */
exports.webStream = () => {
  let index = 0;
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      if (index === exports.messages.length) return controller.close();
      await new Promise(setImmediate);
      controller.enqueue(encoder.encode(exports.messages[index++]));
    },
  });
};
