import net, { type AddressInfo, type Socket } from 'node:net';
import { logError } from '../../http/errors/log-error';

/**
 * With so many connections that wait for a worker, each of which takes a descriptor and 4 KB, the port
 * closes. In one process the kernel holds them back; here it cannot, because libuv accepts for as long as
 * a socket listens.
 */
const MOST_WAITING = 4096;

/** What becomes of the port. */
export interface PortEvents {
  onConnection(socket: Socket): void;
  /** It is open for the first time. */
  onOpen(port: number): void;
  /** It cannot be opened, or not again. */
  onError(error: Error): void;
}

/** The port of the primary: closed for as long as too many connections wait. */
export class Port {
  private readonly server: net.Server;
  private number: number;
  private isClosedForNow = false;
  private isClosed = false;

  constructor(
    port: number,
    private readonly host: string | undefined,
    private readonly events: PortEvents,
  ) {
    this.number = port;
    this.server = net.createServer({ pauseOnConnect: true }, (socket) =>
      events.onConnection(socket),
    );
    this.server.on('error', (error) => this.isClosed || events.onError(error));
    this.server.once('listening', () => this.onListening());
  }

  open(): void {
    this.server.listen({ port: this.number, host: this.host });
  }

  /** Closes the port when too many connections wait, and opens it when half of them are gone. */
  regulate(waiting: number): void {
    if (this.isClosed) return;
    if (!this.isClosedForNow && waiting >= MOST_WAITING) {
      this.isClosedForNow = true;
      this.server.close();
      logError(
        `${waiting} connections wait for a worker: the port is closed until half of them have one.`,
      );
    } else if (this.isClosedForNow && waiting <= MOST_WAITING / 2) {
      this.isClosedForNow = false;
      this.open();
      logError('The port is open again.');
    }
  }

  /** Closes it for good, after a moment without new connections. */
  async close(): Promise<void> {
    this.isClosed = true;
    const { stopListening } = require('../drain') as typeof import('../drain');
    if (this.server.listening) await stopListening(this.server);
  }

  private onListening(): void {
    if (this.isClosed) return;
    this.number = (this.server.address() as AddressInfo).port;
    this.events.onOpen(this.number);
  }
}
