import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { change, orderId, Response, TestService, until } from './fixtures.ts';

test('an unknown order is a problem with status 404', async () => {
  await using service = await TestService.start();

  const response = await service.events(undefined, '00000000-0000-7000-8000-000000000000');

  assert.equal(response.status, 404);
  assert.equal(response.message.headers['content-type'], 'application/problem+json');
  assert.deepEqual(await response.problem().then(({ type, status }) => [type, status]), ['urn:msa-aspire:problem:unknown-order', 404]);
});

for (const path of ['/', '/api/orders/1/events', `/api/orders/${orderId}`, `/api/orders/${orderId}/events/x`]) {
  test(`${path} is not found`, async () => {
    await using service = await TestService.start();

    const response = await Response.get(service.url + path);

    assert.equal(response.status, 404);
    assert.equal((await response.problem()).type, 'urn:msa-aspire:problem:not-found');
  });
}

test('the description of the API names what is served', async () => {
  await using service = await TestService.start();

  const response = await Response.get(`${service.url}/openapi/notifications/v1.json`);

  assert.equal(response.status, 200);
  assert.deepEqual(Object.keys((JSON.parse(await response.text()) as { paths: object }).paths), ['/api/orders/{id}/events']);
});

test('the description of an event names each of its properties', async () => {
  await using service = await TestService.start();
  const document = JSON.parse(await (await Response.get(`${service.url}/openapi/notifications/v1.json`)).text()) as {
    components: { schemas: { StatusChange: { required: string[]; properties: object } } };
  };
  const { required, properties } = document.components.schemas.StatusChange;

  const told = Object.keys(change(1, 'Submitted')).sort();

  assert.deepEqual(required.toSorted(), told);
  assert.deepEqual(Object.keys(properties).sort(), told);
});

test('events are only read', async () => {
  await using service = await TestService.start();

  const post = request(`${service.url}/api/orders/${orderId}/events`, { method: 'POST', agent: false }).end();
  const [response] = await once(post, 'response');

  assert.equal(response.statusCode, 405);
  assert.equal(response.headers.allow, 'GET');
  response.resume();
});

test('while ordering does not answer the events are unavailable, and soon again', async () => {
  await using service = await TestService.start();
  service.ordering.down = true;

  const response = await service.events();

  assert.equal(response.status, 503);
  assert.equal(response.message.headers['retry-after'], '2');
  assert.equal((await response.problem()).type, 'urn:msa-aspire:problem:ordering-unavailable');
  await until(() => service.watchers.orders === 0);

  service.ordering.down = false;
  assert.equal((await service.events()).status, 200);
});

test('more streams than the limit are refused', async () => {
  await using service = await TestService.start({ streams: 1 });
  const first = await service.events();

  const second = await service.events();

  assert.equal(second.status, 503);
  assert.equal((await second.problem()).type, 'urn:msa-aspire:problem:too-many-streams');
  first.message.destroy();
  await until(() => service.watchers.orders === 0);
  assert.equal((await service.events()).status, 200);
});

test('it is ready without the broker, degraded and with the reason, and alive', async () => {
  await using service = await TestService.start();
  assert.equal((await Response.get(`${service.url}/health`)).status, 200);

  service.fault = 'the broker is gone';

  const health = await Response.get(`${service.url}/health`);
  assert.equal(health.status, 200);
  assert.equal(await health.text(), 'Degraded: the broker is gone');
  assert.equal((await Response.get(`${service.url}/alive`)).status, 200);
});

test('a stop ends the streams without a final status', async () => {
  await using service = await TestService.start();
  const stream = (await service.events()).follow();
  await until(() => stream.ids.length === 1);

  await service.server.stop();

  await until(() => stream.ended);
  assert.deepEqual(stream.ids, [1]);
});
