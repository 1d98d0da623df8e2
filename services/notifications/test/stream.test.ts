import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { readEvent } from '../src/status.ts';
import { change, events, orderId, Response, TestService, until } from './fixtures.ts';

test('a stream tells the history, then each change, and ends at a final status', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Reserved');
  const stream = (await service.events()).follow();
  await until(() => stream.ids.length === 2);

  service.watchers.changed(change(3, 'Confirmed'));

  await until(() => stream.ended);
  assert.equal(stream.status, 200);
  assert.match(stream.message.headers['content-type']!, /^text\/event-stream/);
  assert.deepEqual(events(stream.received).map(e => [e.id, e.event, e.data.status]), [[1, 'status', 'Submitted'], [2, 'status', 'Reserved'], [3, 'status', 'Confirmed']]);
  assert.equal(events(stream.received)[2]!.data.orderId, orderId);
  assert.equal(service.watchers.orders, 0);
});

test('the stream of an order that has ended tells its history and ends', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Reserved', 'Cancelled');
  service.ordering.reason = 'the card was declined';

  const told = events(await (await service.events()).text());

  assert.deepEqual(told.map(e => e.data.reason), [null, null, 'the card was declined']);
});

test('the history and a live change carry the code of the reason', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Reserved');
  const live = (await service.events()).follow();
  await until(() => live.ids.length === 2);

  const event = { data: { ...change(3, 'Cancelled', 'the card was declined'), reasonCode: 'card-declined' } };
  service.watchers.changed(readEvent(Buffer.from(JSON.stringify(event)))!);
  await until(() => live.ended);
  service.ordering.statuses.push('Cancelled');
  service.ordering.reasonCode = 'card-declined';
  const told = events(await (await service.events()).text());

  assert.deepEqual(events(live.received).map(e => e.data.reasonCode), [null, null, 'card-declined']);
  assert.deepEqual(told.map(e => e.data.reasonCode), [null, null, 'card-declined']);
});

test('what an older ordering sends without a code has the code null', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Rejected');
  service.ordering.reasonCode = undefined;
  const { reasonCode: _, ...old } = change(2, 'Rejected', 'out of stock: product 48');

  const told = events(await (await service.events()).text());

  assert.deepEqual(told.map(e => e.data.reasonCode), [null, null]);
  assert.deepEqual(readEvent(Buffer.from(JSON.stringify({ data: old }))), change(2, 'Rejected', 'out of stock: product 48'));
});

test('a change that comes while the history is read is told once, after it', async () => {
  await using service = await TestService.start();
  service.ordering.before = () => {
    service.ordering.before = () => {};
    service.watchers.changed(change(2, 'Reserved'));
  };

  const stream = (await service.events()).follow();

  await until(() => stream.ids.length === 2);
  service.watchers.changed(change(2, 'Reserved'));
  service.watchers.changed(change(3, 'Confirmed'));
  await until(() => stream.ended);
  assert.deepEqual(stream.ids, [1, 2, 3]);
});

test('a change before which another is missing makes the history be read again', async () => {
  await using service = await TestService.start();
  const stream = (await service.events()).follow();
  await until(() => stream.ids.length === 1);

  service.ordering.statuses.push('Reserved', 'Confirmed');
  service.watchers.changed(change(3, 'Confirmed'));

  await until(() => stream.ended);
  assert.deepEqual(stream.ids, [1, 2, 3]);
});

test('Last-Event-ID skips what the client has', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Reserved', 'Confirmed');

  assert.deepEqual(events(await (await service.events('1')).text()).map(e => e.id), [2, 3]);
  assert.deepEqual(events(await (await service.events('no number')).text()).map(e => e.id), [1, 2, 3]);
});

test('a client that has the final status gets 204, so that it does not come back', async () => {
  await using service = await TestService.start();
  service.ordering.statuses.push('Rejected');

  const response = await service.events('2');

  assert.equal(response.status, 204);
  assert.equal(await response.text(), '');
});

test('a stream that has nothing to tell yet is open all the same, and shows that it lives', async () => {
  await using service = await TestService.start({ heartbeat: 30 });

  const stream = (await service.events('1')).follow();

  assert.equal(stream.status, 200);
  await until(() => stream.received.split(': heartbeat\n\n').length > 3);
  assert.deepEqual(stream.ids, []);
});

test('after a reconnect of the broker every watched order is read again, until ordering answers', async () => {
  await using service = await TestService.start();
  const stream = (await service.events()).follow();
  await until(() => stream.ids.length === 1);
  service.ordering.statuses.push('Reserved', 'Confirmed');
  service.ordering.down = true;

  service.watchers.rereadAll();
  await until(() => service.ordering.requests > 3);
  assert.deepEqual(stream.ids, [1]);
  service.ordering.down = false;

  await until(() => stream.ended);
  assert.deepEqual(stream.ids, [1, 2, 3]);
});

test('an id is the same in capital letters', async () => {
  await using service = await TestService.start();

  const stream = (await service.events(undefined, orderId.toUpperCase())).follow();

  await until(() => stream.ids.length === 1);
  service.watchers.changed(change(2, 'Rejected'));
  await until(() => stream.ended);
});

test('two streams of an order are told the same', async () => {
  await using service = await TestService.start();
  const streams = [(await service.events()).follow(), (await service.events()).follow()];
  await until(() => streams.every(stream => stream.ids.length === 1));

  service.watchers.changed(change(2, 'Rejected', 'out of stock: product 48'));

  await until(() => streams.every(stream => stream.ended));
  assert.equal(streams[0]!.received, streams[1]!.received);
});

test('a client that goes leaves nothing behind', async () => {
  await using service = await TestService.start();
  const stream = (await service.events()).follow();
  await until(() => service.watchers.orders === 1);

  stream.message.destroy();

  await until(() => service.watchers.orders === 0);
});

test('a client that goes while the history is read leaves nothing behind', async ({ mock }) => {
  await using service = await TestService.start();
  const heartbeats = mock.method(globalThis, 'setInterval').mock;
  let answer = () => {};
  service.ordering.before = () => new Promise(resolve => answer = resolve);
  const gone = get(`${service.url}/api/orders/${orderId}/events`, { agent: false }).on('error', () => {});
  await until(() => service.ordering.requests === 1);

  gone.destroy();
  await until(() => service.watchers.orders === 0);
  service.ordering.before = () => {};
  answer();

  assert.equal((await service.events()).status, 200);
  assert.equal(heartbeats.callCount(), 1);
});

test('a client that does not read is dropped', async () => {
  await using service = await TestService.start({ heartbeat: 1, unread: 200 });
  const stream = await Response.get(`${service.url}/api/orders/${orderId}/events`, { 'last-event-id': '1' });
  // Nothing leaves a corked response, as nothing leaves one whose client's window is full.
  for (const socket of service.sockets) {
    socket.cork();
  }

  await until(() => service.watchers.orders === 0);
  assert.equal(stream.status, 200);
});
