const id = { name: 'id', in: 'path', required: true, description: 'The order, from the answer to the POST.', schema: { type: 'string', format: 'uuid' } };

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The number of the last event that was seen: only later ones come. EventSource sends it by itself when it connects again.',
  schema: { type: 'integer', minimum: 0 },
};

const text = { type: 'string' };

const schemas = {
  StatusChange: {
    type: 'object',
    description: 'The `data` of one event, JSON on one line.',
    required: ['orderId', 'number', 'status', 'reason', 'reasonCode', 'at'],
    properties: {
      orderId: { type: 'string', format: 'uuid', description: 'The order.' },
      number: { type: 'integer', minimum: 1, description: 'The status\'s place in the order\'s history, and the event\'s `id`.' },
      status: { enum: ['Submitted', 'Reserved', 'Rejected', 'Confirmed', 'Cancelled'], description: 'The new status of the order.' },
      reason: { type: ['string', 'null'], description: 'Why it was rejected or cancelled, in English, else null.' },
      reasonCode: {
        type: ['string', 'null'],
        description: 'The same as a stable code: `out-of-stock`, `unknown-product`, `card-declined`, `card-unknown`, `payment-unavailable` or `timed-out`. '
          + 'Later releases may add codes.',
      },
      at: { type: 'string', format: 'date-time', description: 'When.' },
    },
  },
  ProblemDetails: {
    type: 'object',
    properties: { type: text, title: text, status: { type: 'integer' }, detail: text, traceId: text },
  },
};

const example = [
  'id: 1',
  'event: status',
  'data: {"orderId":"0199c8f6-3f5e-7cc2-9d2b-1a2b3c4d5e6f","number":1,"status":"Submitted","reason":null,"reasonCode":null,"at":"2026-11-22T23:00:00Z"}',
  '',
  ': heartbeat',
  '',
].join('\n');

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } } };
}

/** The OpenAPI document of this service, at `/openapi/notifications/v1.json` like those of the other services. */
export const openApi = JSON.stringify({
  openapi: '3.1.1',
  info: { title: 'Notifications', version: 'v1', description: 'Streams the status changes of an order as they happen.' },
  servers: [{ url: '/' }],
  paths: {
    '/api/orders/{id}/events': {
      get: {
        operationId: 'OrderEvents',
        tags: ['Orders'],
        summary: 'The statuses of one order, live',
        description: 'Server-sent events: the history so far, then each change as it comes, and a comment as heartbeat every 15 s. '
          + 'The stream ends after a final status (`Confirmed`, `Rejected`, `Cancelled`).',
        parameters: [id, lastEventId],
        responses: {
          200: {
            description: 'Events named `status`; the `data` of each is a `StatusChange`.',
            content: { 'text/event-stream': { schema: { type: 'string', contentSchema: { $ref: '#/components/schemas/StatusChange' } }, example } },
          },
          204: { description: 'The final status has been seen already. EventSource does not connect again.' },
          404: problem('`unknown-order`: there is no such order.'),
          503: problem('`ordering-unavailable`, `too-many-streams` or `unavailable`: ask again after `Retry-After`.'),
          default: problem('Any other error, as RFC 9457 problem details whose `detail` says what to do next.'),
        },
      },
    },
  },
  components: { schemas },
});
