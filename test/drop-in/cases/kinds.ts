import { setTimeout as delay } from 'node:timers/promises';
import type { Case, Observation } from '../comparison';
import type { Setting, Subject } from '../subject';
import { type ExchangeOptions, exchange, type WireRequest } from '../wire';

/** Case options that are about time and the connection. */
export interface RequestCaseOptions extends ExchangeOptions {
  /** Milliseconds to wait after the answer, for what a function does later. @default 0 */
  settle?: number;
}

/** A group of cases that are compared in one test. */
export interface Group {
  name: string;
  cases: Case[];
}

/** A case that sends requests to a server and looks at answers, output and life of the process. */
export function requestCase(
  name: string,
  setting: Setting,
  request: WireRequest | WireRequest[],
  options: RequestCaseOptions = {},
): Case {
  const requests = [request].flat();
  return {
    name,
    requests: requests.length,
    async observe(subject: Subject): Promise<Observation> {
      const server = await subject.server(setting);
      server.take();
      const observation = await exchange(server.port, requests, options);
      await delay(options.settle ?? 0);
      if (/^connection/.test(observation['status'] ?? '')) await server.end(200);
      const { stdout, stderr } = await server.logs();
      if (stdout) observation['stdout'] = stdout;
      if (stderr) observation['stderr'] = stderr;
      if (server.exited) observation['process'] = `exit ${await server.end(0)}`;
      return normalise(observation);
    },
  };
}

/** A case that runs a command to its end, or for `patience` milliseconds. */
export function commandCase(
  name: string,
  setting: Setting,
  command?: (subject: Subject) => [string, string[]],
  patience?: number,
): Case {
  return {
    name,
    requests: 1,
    async observe(subject: Subject): Promise<Observation> {
      const [program, args] = command?.(subject) ?? [subject.bin, []];
      const { code, stdout, stderr } = await subject.run(program, args, setting, patience);
      return normalise({ 'exit code': code, stdout, stderr });
    },
  };
}

/** A case that does something of its own with a server started for it alone. */
export function scenario(
  name: string,
  setting: Setting,
  act: (server: Awaited<ReturnType<Subject['start']>>) => Promise<Observation>,
): Case {
  return {
    name,
    requests: 1,
    async observe(subject: Subject): Promise<Observation> {
      const server = await subject.start(setting);
      try {
        return normalise({ ...(await act(server)), ...server.take() });
      } finally {
        server.kill();
      }
    },
  };
}

/** Replaces what changes from run to run: times close to now, directories and stack frames. */
export function normalise(observation: Observation): Observation {
  const result: Observation = {};
  for (const [field, value] of Object.entries(observation)) {
    result[field] = value
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, nameTime)
      .replace(/\/[^ '"]*\/drop-in-\w+\/[ab]\//g, '<directory>/')
      .replace(/<br> &nbsp; &nbsp;at .*?(?=<)/g, '')
      .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, nameTime);
  }
  return result;
}

function nameTime(text: string): string {
  const distance = Date.parse(text) - Date.now();
  if (Math.abs(distance) < 60_000) return '<now>';
  // Ten minutes are wider than a run is long, and distinguish an hour from a day.
  const near = Math.abs(distance) < 8 * 86_400_000;
  return near ? `<in ${Math.round(distance / 600_000)}0 minutes>` : text;
}
