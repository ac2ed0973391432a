/** A form with a field and a file, and what its parsers find in it. */
const BOUNDARY = 'x-boundary';
export const MULTIPART_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
export const FILE = 'file content '.repeat(20_000);
export const MULTIPART = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nA title`,
  `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${FILE}`,
  `\r\n--${BOUNDARY}--\r\n`,
].join('');
export const PARTS = { title: 'A title', name: 'a.txt', length: FILE.length };
