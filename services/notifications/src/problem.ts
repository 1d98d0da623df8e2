import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** An error of this API as RFC 9457 problem details; the type never changes, so that a client can branch on it. */
export interface Problem {
  /** The last part of the type URN. */
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

export const problems = {
  notFound: { type: 'not-found', status: 404, title: 'Not Found', detail: 'There is nothing here. An order\'s events are at /api/orders/{id}/events.' },
  methodNotAllowed: { type: 'method-not-allowed', status: 405, title: 'Method Not Allowed', detail: 'Events are read with GET.' },
  orderingUnavailable: {
    type: 'ordering-unavailable', status: 503, title: 'The order cannot be read now.', detail: 'Send the same request again in a few seconds.', retryAfter: 2,
  },
  tooManyStreams: {
    type: 'too-many-streams', status: 503, title: 'Too many event streams are open.', detail: 'Ask again later, or ask for the order itself.', retryAfter: 5,
  },
  stopping: { type: 'unavailable', status: 503, title: 'Service Unavailable', detail: 'This replica is stopping. Send the same request again.', retryAfter: 1 },
} satisfies Record<string, Problem>;

export function unknownOrder(orderId: string): Problem {
  return { type: 'unknown-order', status: 404, title: 'No such order.', detail: `There is no order ${orderId}.` };
}

export function answer(response: ServerResponse, { retryAfter, ...problem }: Problem, traceId: string | undefined): void {
  const headers: OutgoingHttpHeaders = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (retryAfter !== undefined) {
    headers['retry-after'] = String(retryAfter);
  }

  if (problem.status === problems.methodNotAllowed.status) {
    headers.allow = 'GET';
  }

  response.writeHead(problem.status, headers);
  response.end(JSON.stringify({ ...problem, type: `urn:msa-aspire:problem:${problem.type}`, ...traceId && { traceId } }));
}
