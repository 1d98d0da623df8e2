import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { FakeOrdering, orderId, Response, until } from './fixtures.ts';

test('a missing variable is named', async () => {
  for (const [name, env] of Object.entries({
    PORT: {},
    ConnectionStrings__broker: { PORT: '1' },
    services__ordering__http__0: { PORT: '1', ConnectionStrings__broker: 'amqp://127.0.0.1:1' },
  })) {
    const service = start(env);

    const [[code], errors] = await Promise.all([once(service, 'exit'), text(service.stderr!)]);

    assert.equal(code, 1);
    assert.match(errors, new RegExp(`variable ${name} is missing`));
  }
});

test('a port that is taken is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const service = start({ PORT: `${port}`, ConnectionStrings__broker: 'amqp://127.0.0.1:1', services__ordering__http__0: 'http://127.0.0.1:1' });

  const [[code], errors] = await Promise.all([once(service, 'exit'), text(service.stderr!)]);

  taken.close();
  assert.equal(code, 1);
  assert.match(errors, new RegExp(`Cannot listen on port ${port}.*Set PORT`));
});

test('asked to stop it ends its streams and is gone within 3 s, though no collector answers', async () => {
  await using ordering = await FakeOrdering.start();
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const port = await freePort();
  const service = start({
    PORT: `${port}`,
    ConnectionStrings__broker: 'amqp://127.0.0.1:1',
    services__ordering__http__0: ordering.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    OTEL_METRIC_EXPORT_INTERVAL: '100',
  });
  const output = text(service.stdout!);
  await once(service.stdout!, 'readable');
  const stream = (await Response.get(`http://127.0.0.1:${port}/api/orders/${orderId}/events`)).follow();
  await until(() => stream.ids.length === 1);
  const health = await Response.get(`http://127.0.0.1:${port}/health`);
  assert.match(await health.text(), /ECONNREFUSED/);

  const asked = performance.now();
  service.kill('SIGTERM');
  const [code] = await once(service, 'exit');

  assert.ok(performance.now() - asked < 3_000, `${performance.now() - asked} ms`);
  assert.equal(code, 0);
  assert.ok(stream.ended);
  assert.match(await output, /Stopping/);
  silent.close();
});

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [new URL('../src/main.js', import.meta.url).pathname], { env: { NODE_ENV: 'development', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

