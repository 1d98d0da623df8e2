import { connect, type Channel, type ChannelModel, type ConsumeMessage, type RecoveringChannelModel } from 'amqplib';
import { metrics } from '@opentelemetry/api';
import { log } from './log.ts';
import { readEvent, type StatusChange } from './status.ts';
import { scope, startConsumerSpan } from './telemetry.ts';

const exchange = 'shop.events';

/**
 * The events of `order.*` that report a new status. Not `order.submitted`, which is in the history before anyone can ask for it: bound
 * here as well, it would count as delivered in a new broker before inventory's queue exists, and inventory would lose it.
 */
const routingKeys = ['order.reserved', 'order.rejected', 'order.confirmed', 'order.cancelled'];

const prefetch = 512;
const heartbeat = '10';
const connectTimeout = 5_000;

export interface OrderEventsHandler {
  /** Whether anyone listens: otherwise an event is not parsed. */
  wanted(): boolean;
  changed(change: StatusChange): void;
  /** Events are received from now on; earlier ones are missed. */
  connected(): void;
}

/**
 * The order events of the broker, on an exclusive queue of this process that is deleted with its connection. amqplib, because it is
 * the maintained client: 2.x reconnects by itself, and it acknowledges many messages at once.
 */
export class OrderEvents {
  #fault: string | null = 'not connected to the broker yet';
  readonly #handler: OrderEventsHandler;
  readonly #consumed = metrics.getMeter(scope).createCounter('messaging.client.consumed.messages', { unit: '{message}' });
  readonly #connection: Promise<RecoveringChannelModel>;

  constructor(broker: string, handler: OrderEventsHandler) {
    this.#handler = handler;
    const url = new URL(broker);
    url.searchParams.set('heartbeat', heartbeat);
    this.#connection = connect(url.href, {
      timeout: connectTimeout,
      clientProperties: { connection_name: scope },
      recovery: { initialDelay: 100, maxDelay: 5_000, waitForConnect: false, setup: (model: ChannelModel) => this.#consume(model) },
    });
    void this.#connection.then(connection => {
      connection.on('connect', () => {
        this.#fault = null;
        log.info('Order events come in');
        handler.connected();
      });
      connection.on('disconnect', error => this.#lost(error));
      connection.on('connect-failed', error => this.#lost(error));
      // Each is also reported by one of the above.
      connection.on('error', () => {});
    });
  }

  /** Why no events are received; null when they are. */
  get fault(): string | null {
    return this.#fault;
  }

  async close(): Promise<void> {
    this.#fault = 'closed';
    await (await this.#connection).close();
  }

  #lost(error: Error): void {
    if (this.#fault !== error.message) {
      log.warn(`No order events are received until the broker is available again: ${error.message}`);
    }

    this.#fault = error.message;
  }

  async #consume(model: ChannelModel): Promise<void> {
    model.on('error', () => {});
    const channel = await model.createChannel();
    // When only the channel closes: recover by a new connection, the path that is tested.
    const startOver = () => void model.close().catch(() => {});
    channel.on('error', () => {});
    channel.on('close', startOver);
    await channel.assertExchange(exchange, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    for (const key of routingKeys) {
      await channel.bindQueue(queue, exchange, key);
    }

    await channel.prefetch(prefetch);
    const acknowledge = acknowledgeTogether(channel);
    await channel.consume(queue, message => {
      if (message) {
        this.#take(message);
        acknowledge(message);
      } else {
        startOver();
      }
    });
  }

  #take(message: ConsumeMessage): void {
    const { fields: { routingKey }, properties: { messageId, headers } } = message;
    this.#consumed.add(1, { 'messaging.destination.name': routingKey });
    const span = startConsumerSpan(routingKey, messageId, headers);
    if (this.#handler.wanted()) {
      const change = readEvent(message.content);
      if (change) {
        this.#handler.changed(change);
      } else {
        log.warn(`Message ${messageId} is not a known order status event and is ignored`);
      }
    }

    span?.end();
  }
}

/** Acknowledges all messages of one read from the socket with one frame. */
function acknowledgeTogether(channel: Channel): (message: ConsumeMessage) => void {
  let last: ConsumeMessage | undefined;
  return message => {
    if (!last) {
      setImmediate(() => {
        try {
          channel.ack(last!, true);
        } catch {
          // The channel was closed meanwhile, and the queue is deleted with it.
        }

        last = undefined;
      });
    }

    last = message;
  };
}
