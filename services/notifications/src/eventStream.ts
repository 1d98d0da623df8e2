import type { ServerResponse } from 'node:http';
import type { StatusChange } from './status.ts';
import type { Listener } from './watch.ts';

export interface StreamLimits {
  /** After this many milliseconds without an event, a comment line keeps the connection alive in every proxy. */
  readonly heartbeat: number;
  /** A client that leaves more than this many bytes unread is dropped. It reconnects with Last-Event-ID and misses nothing. */
  readonly unread: number;
}

/** A response of server-sent events. */
export class EventStream implements Listener {
  readonly #response: ServerResponse;
  readonly #limits: StreamLimits;
  readonly #dropped: () => void;
  #heartbeat: NodeJS.Timeout | undefined;

  /** @param dropped Called when the client is dropped because it does not read. */
  constructor(response: ServerResponse, limits: StreamLimits, dropped: () => void) {
    this.#response = response;
    this.#limits = limits;
    this.#dropped = dropped;
    response.once('close', () => clearInterval(this.#heartbeat));
  }

  open(): void {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    this.#response.flushHeaders();
    this.#heartbeat = setInterval(() => this.#write(': heartbeat\n\n'), this.#limits.heartbeat);
  }

  tell(change: StatusChange): void {
    this.#write(`id: ${change.number}\nevent: status\ndata: ${JSON.stringify(change)}\n\n`);
    this.#heartbeat?.refresh();
  }

  /** Does nothing to a response that is not open yet: the code that opens it checks for itself. */
  end(): void {
    if (!this.#response.headersSent) {
      return;
    }

    clearInterval(this.#heartbeat);
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableEnded) {
      return;
    }

    if (this.#response.writableLength + text.length > this.#limits.unread) {
      this.#dropped();
      this.#response.destroy();
      return;
    }

    this.#response.write(text);
  }
}
