/** Logs an error, whatever a program has put in the place of `console.error`. */
export function logError(text: string): void {
  try {
    console.error(text);
  } catch {
    writeError(text);
  }
}

function writeError(text: string): void {
  try {
    const { writeSync } = require('node:fs') as typeof import('node:fs');
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody reads stderr.
  }
}
