import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import type { SignatureType } from '../../core/registry';
import type { InvokeRequest } from '../../server/inject';
import type { ChildMessage } from './child';

/** How long a function may take to start, and to answer. */
const PATIENCE_MS = 60_000;

/** What a function answered. */
export interface Answer {
  readonly status: number;
  /** Names in lower case, without what differs in every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A served function in a process of its own. */
export class ServedChild {
  /** What it printed. */
  output = '';
  private address: { type: SignatureType; port: number } | undefined;
  private hasCache = false;
  private readonly child: ChildProcess;

  /** @param args the words of the command line, from the file that calls `runChild` */
  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [...process.execArgv, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // What runs in production is what has to start fast.
      env: { NODE_ENV: 'production', ...process.env },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.child.on('message', (message) => this.onMessage(message as ChildMessage));
  }

  /** The kind of function that it serves, once it does. */
  async start(): Promise<SignatureType> {
    await this.wait(() => this.address !== undefined, 'start');
    return (this.address as { type: SignatureType }).type;
  }

  /** Sends a request. */
  async ask(request: InvokeRequest): Promise<Answer> {
    await this.start();
    return ask(this.address?.port as number, request);
  }

  /** Ends it as a platform would, so that its hooks run. Returns whether it has written its compiled code. */
  async end(): Promise<boolean> {
    if (this.child.connected) this.child.send('end');
    await this.wait(() => this.hasEnded, 'end');
    return this.hasCache;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private onMessage(message: ChildMessage): void {
    if ('port' in message) this.address = message;
    else this.hasCache = message.hasCache;
  }

  /** Rejects if the process ends before, or takes too long. */
  private wait(condition: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (condition()) settle();
        else if (this.hasEnded) settle(`ended before it could ${what}`);
      };
      const timer = setTimeout(
        () => settle(`did not ${what} in ${PATIENCE_MS / 1000} s`),
        PATIENCE_MS,
      );
      const events = ['message', 'close'] as const;
      const settle = (problem?: string): void => {
        clearTimeout(timer);
        for (const event of events) this.child.off(event, look);
        if (problem === undefined) resolve();
        else reject(new Error(`It ${problem}.\n${this.output}`.trimEnd()));
      };
      for (const event of events) this.child.on(event, look);
      look();
    });
  }
}

/** Sends a request to a port of this machine. */
export function ask(port: number, { method, path, headers, body }: InvokeRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      host: '127.0.0.1',
      port,
      method: method ?? 'GET',
      path: path ?? '/',
      // The same in all processes, whose ports differ.
      headers: { host: 'localhost', connection: 'close', ...headers } as http.OutgoingHttpHeaders,
      timeout: PATIENCE_MS,
    });
    outgoing.on('timeout', () => {
      outgoing.destroy(new Error(`It did not answer in ${PATIENCE_MS / 1000} s.`));
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => readAnswer(response).then(resolve, reject));
    outgoing.end(body);
  });
}

/** Fields that say when and how an answer was sent. */
const OF_EACH_ANSWER = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const fields = Object.entries(response.headers)
    .filter(([name]) => !OF_EACH_ANSWER.includes(name))
    .map(([name, value]) => [name, String(value)]);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes);
  return {
    status: response.statusCode as number,
    headers: Object.fromEntries(fields) as Record<string, string>,
    body: isText ? text : bytes.toString('base64'),
  };
}
