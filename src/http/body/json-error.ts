/**
 * Says why a text is refused as a JSON body, and where. Echoes at most some 20 characters of it.
 *
 * @param cause what JSON.parse threw; absent when the text is a JSON value but no object or array
 */
export function describeJsonError(text: string, cause?: unknown): string {
  if (/^[ \t\n\r]*$/.test(text)) {
    return 'The request body is only white space. Send a JSON object or array.';
  }
  if (cause === undefined) {
    return `The request body is a JSON ${nameType(text)}. Send an object or an array.`;
  }
  const { message } = cause as Error;
  // From Node 22 on, V8 appends the line and column to the position
  const fault = message.replace(/ \(line \d+ column \d+\)$/, '');
  return `The request body is not valid JSON: ${fault}`;
}

function nameType(text: string): string {
  const value: unknown = JSON.parse(text);
  return value === null ? 'null' : typeof value;
}
