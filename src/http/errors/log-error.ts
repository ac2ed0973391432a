/** Logs an error, even if a program's own `console.error` throws. */
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
    // stderr is closed.
  }
}
