import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { connect } from 'amqplib';
import { OrderEvents } from '../src/orderEvents.ts';
import type { StatusChange } from '../src/status.ts';
import { change, until } from './fixtures.ts';

const broker = process.env['ConnectionStrings__broker'];
const options = { skip: broker ? false : 'ConnectionStrings__broker names no RabbitMQ; `dotnet test --project tests/Notifications.Tests` brings one' };

test('every replica gets every change', options, async () => {
  await using line = await Line.start();
  const replicas = [new Replica(line.url), new Replica(line.url)];
  await until(() => replicas.every(replica => replica.connects === 1));

  await publish('order.reserved', { data: change(2, 'Reserved') });

  await until(() => replicas.every(replica => replica.changes.length === 1));
  assert.deepEqual(replicas[0]!.changes, [change(2, 'Reserved')]);
  await Promise.all(replicas.map(replica => replica.events.close()));
});

test('it connects again when the broker was away, and says so', options, async () => {
  await using line = await Line.start();
  const replica = new Replica(line.url);
  await until(() => replica.connects === 1);
  assert.equal(replica.events.fault, null);

  line.cut();
  await until(() => replica.events.fault !== null);
  line.restore();

  await until(() => replica.connects === 2);
  assert.equal(replica.events.fault, null);
  await publish('order.confirmed', { data: change(3, 'Confirmed') });
  await until(() => replica.changes.length === 1);
  await replica.events.close();
});

test('it starts while the broker is away', options, async () => {
  await using line = await Line.start();
  line.cut();
  const replica = new Replica(line.url);
  await until(() => !replica.events.fault?.includes('yet'));

  line.restore();

  await until(() => replica.connects === 1);
  await replica.events.close();
});

test('what cannot be read is ignored, and what nobody wants is not read', options, async () => {
  await using line = await Line.start();
  const replica = new Replica(line.url);
  await until(() => replica.connects === 1);

  for (const malformed of ['', '[]', 'null', '{"data":', '{"data":{"orderId":1}}', `{"data":${JSON.stringify({ ...change(2, 'Reserved'), number: '2' })}}`]) {
    await publish('order.reserved', malformed);
  }

  await publish('order.cancelled', { data: change(3, 'Cancelled', 'the card was declined') });
  await until(() => replica.changes.length === 1);
  assert.equal(replica.changes[0]!.reason, 'the card was declined');

  replica.wanted = false;
  await publish('order.confirmed', { data: change(4, 'Confirmed') });
  replica.wanted = true;
  await publish('order.confirmed', { data: change(5, 'Confirmed') });
  await until(() => replica.changes.length > 1);
  await replica.events.close();
});

test('ten thousand changes come in order', options, async () => {
  await using line = await Line.start();
  const replica = new Replica(line.url);
  await until(() => replica.connects === 1);

  await publish('order.reserved', ...Array.from({ length: 10_000 }, (_, index) => ({ data: change(index, 'Reserved') })));

  await until(() => replica.changes.length === 10_000);
  assert.ok(replica.changes.every(({ number }, index) => number === index));
  await replica.events.close();
});

/** The service's side of the broker. */
class Replica {
  readonly changes: StatusChange[] = [];
  connects = 0;
  wanted = true;
  readonly events: OrderEvents;

  constructor(url: string) {
    this.events = new OrderEvents(url, {
      wanted: () => this.wanted,
      changed: change => this.changes.push(change),
      connected: () => this.connects++,
    });
  }
}

/** The connection to the broker, which can be cut. */
class Line implements AsyncDisposable {
  readonly url: string;
  readonly #sockets = new Set<Socket>();
  readonly #server;
  #whole = true;

  private constructor() {
    const target = new URL(broker!);
    this.#server = createServer(socket => {
      if (!this.#whole) {
        socket.destroy();
        return;
      }

      const onward = connectTcp(Number(target.port || 5672), target.hostname);
      for (const [one, other] of [[socket, onward], [onward, socket]] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => {}).on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    }).listen(0, '127.0.0.1');
    this.url = '';
  }

  static async start(): Promise<Line> {
    const line = new Line();
    await once(line.#server, 'listening');
    const url = new URL(broker!);
    url.hostname = '127.0.0.1';
    url.port = `${(line.#server.address() as AddressInfo).port}`;
    return Object.assign(line, { url: url.href });
  }

  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  restore(): void {
    this.#whole = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
  }
}

/** Publishes as ordering does; fails when no queue takes a message. */
async function publish(routingKey: string, ...events: (object | string)[]): Promise<void> {
  const connection = await connect(broker!);
  const channel = await connection.createConfirmChannel();
  await channel.assertExchange('shop.events', 'topic', { durable: true });
  let returned = 0;
  channel.on('return', () => returned++);
  for (const event of events) {
    const body = typeof event === 'string' ? event : JSON.stringify({ specversion: '1.0', type: routingKey, ...event });
    channel.publish('shop.events', routingKey, Buffer.from(body), { mandatory: true, persistent: true, messageId: crypto.randomUUID() });
  }

  await channel.waitForConfirms();
  await connection.close();
  if (returned > 0) {
    throw new Error('no queue took it');
  }
}
