import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { Ordering } from '../src/ordering.ts';
import { defaults, NotificationsServer, type ServerOptions } from '../src/server.ts';
import type { StatusChange } from '../src/status.ts';
import { Watchers } from '../src/watchers.ts';

export const orderId = '0199c8f6-3f5e-7cc2-9d2b-1a2b3c4d5e6f';
const at = '2026-11-22T23:00:00.0000000+00:00';

export function change(number: number, status: string, reason: string | null = null, reasonCode: string | null = null): StatusChange {
  return { orderId, number, status, reason, reasonCode, at };
}

/** Waits until it is so; the limit of the test run ends a wait for what never comes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await delay(5);
  }
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ordering's HTTP API with one order. */
export class FakeOrdering implements AsyncDisposable {
  readonly statuses: string[] = ['Submitted'];
  reason: string | null = null;
  /** Undefined as in the answers of older releases. */
  reasonCode: string | null | undefined = null;
  requests = 0;
  /** Runs before a request is answered. */
  before: () => Promise<void> | void = () => {};
  down = false;
  headers: IncomingMessage['headers'] = {};
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<FakeOrdering> {
    const ordering = new FakeOrdering();
    ordering.url = await listen(ordering.#server);
    return ordering;
  }

  url = '';

  #answer: (...args: Parameters<RequestListener>) => Promise<void> = async (request, response) => {
    this.requests++;
    this.headers = request.headers;
    const { statuses, reason, reasonCode } = structuredClone({ statuses: this.statuses, reason: this.reason, reasonCode: this.reasonCode });
    await this.before();
    const known = request.url === `/api/orders/${orderId}`;
    response.writeHead(this.down ? 503 : known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? { id: orderId, reason, reasonCode, history: statuses.map(status => ({ status, at })) } : {}));
  };

  [Symbol.asyncDispose](): Promise<void> {
    return close(this.#server);
  }
}

/** The service without its broker: the test says what the broker brings. */
export class TestService implements AsyncDisposable {
  readonly ordering: FakeOrdering;
  readonly watchers: Watchers;
  readonly server: NotificationsServer;
  readonly sockets: Socket[] = [];
  fault: string | null = null;
  url = '';

  private constructor(ordering: FakeOrdering, options: Partial<ServerOptions>) {
    this.ordering = ordering;
    const api = new Ordering(new URL(ordering.url));
    this.watchers = new Watchers(id => api.history(id));
    this.server = new NotificationsServer({ watchers: this.watchers, history: (id, span) => api.history(id, span), fault: () => this.fault }, { ...defaults, ...options });
    this.server.http.on('connection', socket => this.sockets.push(socket));
  }

  static async start(options: Partial<ServerOptions> = {}): Promise<TestService> {
    const service = new TestService(await FakeOrdering.start(), options);
    service.url = await listen(service.server.http);
    return service;
  }

  /** Opens the events of an order. */
  events(lastEventId?: string, id = orderId): Promise<Response> {
    return Response.get(`${this.url}/api/orders/${id}/events`, lastEventId === undefined ? {} : { 'last-event-id': lastEventId });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await close(this.server.http);
    await this.ordering[Symbol.asyncDispose]();
  }
}

/** A response that is read as it comes. */
export class Response {
  readonly message: IncomingMessage;
  received = '';
  ended = false;

  private constructor(message: IncomingMessage) {
    this.message = message;
  }

  static async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const request = get(url, { headers, agent: false });
    const [message] = await once(request, 'response') as [IncomingMessage];
    return new Response(message);
  }

  get status(): number {
    return this.message.statusCode!;
  }

  /** Reads on, in the background. */
  follow(): this {
    this.message.setEncoding('utf8').on('data', (chunk: string) => this.received += chunk).on('end', () => this.ended = true).on('error', () => {});
    return this;
  }

  /** All of it, once it has ended. */
  text(): Promise<string> {
    return text(this.message);
  }

  async problem(): Promise<{ type: string; status: number; title: string; detail: string }> {
    return JSON.parse(await this.text());
  }

  /** The ids of the events so far. */
  get ids(): number[] {
    return events(this.received).map(event => event.id);
  }
}

/** The events in the text of a stream. */
export function events(stream: string): { id: number; event: string; data: StatusChange }[] {
  return stream.split('\n\n').filter(block => block && !block.startsWith(':')).map(block => {
    const field = (name: string) => block.split('\n').find(line => line.startsWith(`${name}: `))!.slice(name.length + 2);
    return { id: Number(field('id')), event: field('event'), data: JSON.parse(field('data')) as StatusChange };
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
