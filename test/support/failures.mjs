/** A reporter of Node's test runner: a line of JSON, `{ file, test }`, for each test that failed. */
export default async function* failures(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail') continue;
    // A file that ends with an error, or hangs, is a test named like the file.
    yield `${JSON.stringify({ file: data.file ?? data.name, test: data.name })}\n`;
  }
}
