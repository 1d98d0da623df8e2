import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { metrics, type Span } from '@opentelemetry/api';
import { EventStream, type StreamLimits } from './eventStream.ts';
import { log } from './log.ts';
import { openApi } from './openApi.ts';
import { answer, problems, unknownOrder, type Problem } from './problem.ts';
import { isFinal, type StatusChange } from './status.ts';
import { scope, startServerSpan } from './telemetry.ts';
import { Watch } from './watch.ts';
import type { Watchers } from './watchers.ts';

export interface ServerOptions extends StreamLimits {
  /** More are answered with 503. */
  readonly streams: number;
}

export const defaults: ServerOptions = { streams: 10_000, heartbeat: 15_000, unread: 64 * 1024 };

interface Dependencies {
  readonly watchers: Watchers;
  /** The order's history; null when there is no such order; throws when it cannot be read. */
  readonly history: (orderId: string, parent: Span) => Promise<readonly StatusChange[] | null>;
  /** Why no events are received; null when they are. */
  readonly fault: () => string | null;
}

const eventsPath = /^\/api\/orders\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/events$/i;
const drainLimit = 500;

/** The service's HTTP side: the events of each order, the description of its API, and the two probes. */
export class NotificationsServer {
  readonly http: Server;
  readonly #dependencies: Dependencies;
  readonly #options: ServerOptions;
  readonly #streams = new Set<EventStream>();
  readonly #dropped = metrics.getMeter(scope).createCounter('notifications.streams.dropped', { unit: '{stream}' });
  #stopping = false;

  constructor(dependencies: Dependencies, options: ServerOptions = defaults) {
    this.#dependencies = dependencies;
    this.#options = options;
    // Longer than any proxy keeps an idle connection, or it would send a request on one that is just being closed.
    this.http = createServer({ keepAliveTimeout: 130_000 }, (request, response) => this.#handle(request, response));
    metrics.getMeter(scope).createObservableGauge('notifications.streams.open', { unit: '{stream}' })
      .addCallback(result => result.observe(this.#streams.size));
  }

  /** Stops accepting requests and ends every stream, so that its client reconnects to another replica. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const closed = new Promise(resolve => this.http.close(resolve));
    for (const stream of this.#streams) {
      stream.end();
    }

    const limit = setTimeout(() => this.http.closeAllConnections(), drainLimit);
    await closed;
    clearTimeout(limit);
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path === '/alive') {
      probe(response, 200, 'Healthy');
    } else if (path === '/health') {
      this.#health(response);
    } else if (path === '/openapi/notifications/v1.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(openApi);
    } else {
      const span = startServerSpan(request, eventsPath.test(path) ? '/api/orders/{id}/events' : '');
      response.once('close', () => span.setAttribute('http.response.status_code', response.statusCode).end());
      void this.#events(path, request, response, span);
    }
  }

  /** Without the broker it is degraded, as the other services are: a stream tells the history, and the rest when the broker is back. */
  #health(response: ServerResponse): void {
    const fault = this.#dependencies.fault();
    if (this.#stopping) {
      probe(response, 503, 'Unhealthy: stopping');
    } else {
      probe(response, 200, fault === null ? 'Healthy' : `Degraded: ${fault}`);
    }
  }

  async #events(path: string, request: IncomingMessage, response: ServerResponse, span: Span): Promise<void> {
    const refuse = (problem: Problem) => answer(response, problem, span.spanContext().traceId);
    const orderId = eventsPath.exec(path)?.[1]?.toLowerCase();
    if (!orderId) {
      return refuse(problems.notFound);
    }

    if (request.method !== 'GET') {
      return refuse(problems.methodNotAllowed);
    }

    if (this.#streams.size >= this.#options.streams) {
      return refuse(problems.tooManyStreams);
    }

    const { watchers } = this.#dependencies;
    const told = lastEventId(request);
    const stream = new EventStream(response, this.#options, () => {
      log.warn(`A client of order ${orderId} was dropped because it does not read`);
      this.#dropped.add(1);
    });
    const watch = new Watch(orderId, told, stream, () => watchers.reread(orderId));
    this.#streams.add(stream);
    // Before the history is read: each change is in the history or is delivered to this watch.
    watchers.add(watch);
    response.once('close', () => {
      this.#streams.delete(stream);
      watchers.remove(watch);
    });

    let history: readonly StatusChange[] | null;
    try {
      history = await this.#dependencies.history(orderId, span);
    } catch (error) {
      log.warn(`The history of order ${orderId} cannot be read: ${String(error)}`);
      return refuse(problems.orderingUnavailable);
    }

    if (response.destroyed) {
      return;
    }

    if (this.#stopping) {
      return refuse(problems.stopping);
    }

    if (!history) {
      return refuse(unknownOrder(orderId));
    }

    const last = history.at(-1);
    if (last && isFinal(last) && told >= last.number) {
      // The only response after which EventSource does not reconnect.
      response.writeHead(204).end();
      return;
    }

    stream.open();
    watch.start(history);
  }
}

function lastEventId(request: IncomingMessage): number {
  const id = request.headers['last-event-id'];
  return typeof id === 'string' && /^\d{1,9}$/.test(id) ? Number(id) : 0;
}

function probe(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(text);
}
