import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { StatusChange } from './status.ts';
import { propagate, startClientSpan } from './telemetry.ts';

/** The properties of `GET /api/orders/{id}` that are used. */
interface Order {
  readonly reason: string | null;
  /** Absent from the answers of older releases. */
  readonly reasonCode?: string | null;
  readonly history: readonly { readonly status: string; readonly at: string }[];
}

const limit = 3_000;
const attempts = 2;

/** Ordering's HTTP API, which knows every order's history. */
export class Ordering {
  readonly #base: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(base: URL) {
    this.#base = base;
  }

  /**
   * Every status the order has had, oldest first; null when there is no such order. Throws when ordering does not answer successfully.
   * @param parent The caller's span.
   */
  async history(orderId: string, parent?: Span): Promise<StatusChange[] | null> {
    const order = await this.#read(new URL(`/api/orders/${orderId}`, this.#base), parent) as Order | null;
    return order && order.history.map(({ status, at }, index) => {
      // The order's reason is that of its last status.
      const isLast = index === order.history.length - 1;
      return { orderId, number: index + 1, status, reason: isLast ? order.reason : null, reasonCode: isLast ? order.reasonCode ?? null : null, at };
    });
  }

  /** Tries twice: ordering may just have closed the pooled connection. */
  async #read(url: URL, parent: Span | undefined): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const span = parent && startClientSpan(parent, 'GET', url);
      try {
        const response = await this.#get(url, span ? propagate(span) : {});
        span?.setAttribute('http.response.status_code', response.statusCode!);
        const body = await text(response);
        if (response.statusCode === 404) {
          return null;
        }

        if (response.statusCode !== 200) {
          throw new Error(`ordering answered ${response.statusCode}`);
        }

        return JSON.parse(body);
      } catch (error) {
        span?.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
        if (attempt === attempts) {
          throw error;
        }
      } finally {
        span?.end();
      }
    }
  }

  #get(url: URL, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get(url, { agent: this.#agent, headers, signal: AbortSignal.timeout(limit) }, resolve).on('error', reject);
    });
  }
}
