/** A status change of an order: the data of the stream and of the `order.*` events. */
export interface StatusChange {
  readonly orderId: string;
  /** Its place in the order's history, from 1. */
  readonly number: number;
  readonly status: string;
  /** Why the order was rejected or cancelled, in English. */
  readonly reason: string | null;
  /** The same as a stable code, by which clients choose their texts. */
  readonly reasonCode: string | null;
  /** ISO 8601. */
  readonly at: string;
}

const finalStatuses = new Set(['Confirmed', 'Rejected', 'Cancelled']);

/** No other status follows it. */
export function isFinal(change: StatusChange): boolean {
  return finalStatuses.has(change.status);
}

/** The change in the data of a CloudEvent, or null when the event is unknown. */
export function readEvent(body: Buffer): StatusChange | null {
  let event: { data?: Partial<StatusChange> } | null;
  try {
    event = JSON.parse(body.toString('utf8')) as typeof event;
  } catch {
    return null;
  }

  const data = event?.data;
  return typeof data?.orderId === 'string' && Number.isSafeInteger(data.number) && typeof data.status === 'string' && typeof data.at === 'string'
    ? { orderId: data.orderId, number: data.number!, status: data.status, reason: stringOrNull(data.reason), reasonCode: stringOrNull(data.reasonCode), at: data.at }
    : null;
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
