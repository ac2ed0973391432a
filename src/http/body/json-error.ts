/**
 * Says why a text is not a JSON body, and where. Quotes about 20 characters of it at most.
 *
 * @param cause what JSON.parse threw; absent for a JSON value that is not an object or array
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
  const problem = message.replace(/ \(line \d+ column \d+\)$/, '');
  return `The request body is not valid JSON: ${problem}`;
}

function nameType(text: string): string {
  const value: unknown = JSON.parse(text);
  return value === null ? 'null' : typeof value;
}
