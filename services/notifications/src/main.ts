import { readConfig } from './config.ts';
import { log } from './log.ts';
import { OrderEvents } from './orderEvents.ts';
import { Ordering } from './ordering.ts';
import { NotificationsServer } from './server.ts';
import { startTelemetry } from './telemetry.ts';
import { Watchers } from './watchers.ts';

/** After SIGTERM the process exits within about this time, even if others do not answer. */
const stopLimit = 2_500;
/** The part of it for a collector that does not answer. */
const telemetryLimit = 1_000;

try {
  start();
} catch (error) {
  console.error(`fail: ${(error as Error).message}`);
  process.exitCode = 1;
}

function start(): void {
  const config = readConfig(process.env);
  const flush = startTelemetry(process.env);
  const ordering = new Ordering(config.ordering);
  const watchers = new Watchers(orderId => ordering.history(orderId));
  const events = new OrderEvents(config.broker, {
    wanted: () => watchers.orders > 0,
    changed: change => watchers.changed(change),
    connected: () => watchers.rereadAll(),
  });
  const server = new NotificationsServer({ watchers, history: (orderId, span) => ordering.history(orderId, span), fault: () => events.fault });
  server.http.on('error', error => {
    console.error(`fail: Cannot listen on port ${config.port}: ${error.message}. Set PORT to a free one.`);
    process.exit(1);
  });
  server.http.listen(config.port, config.host, () => log.info(`Listening on port ${config.port}`));

  const stop = async () => {
    log.info('Stopping: streams end, so that their clients reconnect to another replica');
    setTimeout(() => process.exit(), stopLimit).unref();
    await server.stop();
    await Promise.race([events.close(), delay(telemetryLimit)]);
    await Promise.race([flush(), delay(telemetryLimit)]);
    process.exit();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
