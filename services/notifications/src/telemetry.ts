import type { IncomingMessage } from 'node:http';
import { metrics, ROOT_CONTEXT, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

/** The scope of the service's own spans, metrics and log entries. */
export const scope = 'notifications';

const exportInterval = 10_000;
const traceparent = 'traceparent';

/**
 * Sends spans, metrics and log entries to the collector that the OTEL_* variables name; without one nothing is collected. The spans
 * are created by hand: instrumentation libraries would patch modules for only seven spans.
 * @returns Flushes what is left.
 */
export function startTelemetry(env: NodeJS.ProcessEnv): () => Promise<unknown> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
    return () => Promise.resolve();
  }

  const resource = defaultResource().merge(detectResources({ detectors: [envDetector] }));
  const traces = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
  const meters = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter(),
      exportIntervalMillis: Number(env['OTEL_METRIC_EXPORT_INTERVAL']) || exportInterval,
    })],
  });
  const loggers = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })] });
  trace.setGlobalTracerProvider(traces);
  metrics.setGlobalMeterProvider(meters);
  logs.setGlobalLoggerProvider(loggers);
  return () => Promise.allSettled([traces.shutdown(), meters.shutdown(), loggers.shutdown()]);
}

/** The span of a request to this service; ends with its response. */
export function startServerSpan(request: IncomingMessage, route: string): Span {
  return trace.getTracer(scope).startSpan(`${request.method} ${route}`.trimEnd(), {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': request.method ?? '', 'http.route': route, 'url.path': request.url?.split('?', 1)[0] ?? '' },
  }, remote(request.headers[traceparent]) ?? ROOT_CONTEXT);
}

/** The span of a call to another service. */
export function startClientSpan(parent: Span, method: string, url: URL): Span {
  return trace.getTracer(scope).startSpan(method, {
    kind: SpanKind.CLIENT,
    attributes: { 'http.request.method': method, 'url.full': url.href, 'server.address': url.hostname, 'server.port': Number(url.port) },
  }, trace.setSpan(ROOT_CONTEXT, parent));
}

/** The headers that make another service's spans children of this one. */
export function propagate(span: Span): Record<string, string> {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return { [traceparent]: `00-${traceId}-${spanId}-0${traceFlags}` };
}

/** The span of handling a message, in the trace that sent it; null when that trace is not sampled. */
export function startConsumerSpan(routingKey: string, messageId: unknown, headers: Record<string, unknown> | undefined): Span | null {
  const parent = remote(headers?.[traceparent]);
  return parent && trace.getTracer(scope).startSpan(`process ${routingKey}`, {
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'shop.events',
      'messaging.rabbitmq.destination.routing_key': routingKey,
      'messaging.message.id': String(messageId),
    },
  }, parent);
}

/** The sampled span that a `traceparent` names. */
function remote(header: unknown): Context | null {
  const parent = typeof header === 'string' ? parseTraceParent(header) : null;
  return parent && (parent.traceFlags & 1) === 1 ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : null;
}
