import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@opentelemetry/api';
import type { Settings } from '../env.ts';
import { log } from '../log/log.ts';
import { type Note, type SpanFacts, type Tracer, traceWith } from './spans.ts';

export type Traces = {
  /** Sends what has not been sent yet, and waits for that up to 5 s. */
  close(): Promise<void>;
};

const closingMs = 5_000;

/**
 * Sends spans as OTLP over HTTP to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names. Without the setting nothing of OpenTelemetry is
 * loaded. The provider is not the global one: Next would give that one spans of its own, with the addresses that people open.
 */
export async function openTraces(
  program: 'web' | 'worker',
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
): Promise<Traces> {
  if (endpoint === undefined) return { async close() {} };
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `carillon-${program}` }),
    spanProcessors: [new BatchSpanProcessor({ exporter: await exporterTo(endpoint) })],
  });
  traceWith(await tracerOf(provider));
  return {
    async close() {
      traceWith(undefined);
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        sleep(closingMs, undefined, { ref: false }), // a collector that is away must not keep the program from ending
      ]);
    },
  };
}

type Provider = import('@opentelemetry/sdk-trace').TracerProvider;
type Exporter = import('@opentelemetry/sdk-trace').SpanExporter;

/** An exporter that says once in the log that spans are lost, and once that they arrive again. */
async function exporterTo(endpoint: string): Promise<Exporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  let isLost = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const { error: err } = result;
        if (err && !isLost) log.warn({ err }, 'Traces cannot be sent to OTEL_EXPORTER_OTLP_ENDPOINT');
        if (!err && isLost) log.info('Traces are sent again');
        isLost = err !== undefined;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}

/** The span at hand, and our ID of the request that it belongs to. */
type Place = { context: Context; requestId: string | undefined };

async function tracerOf(provider: Provider): Promise<Tracer> {
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const places = new AsyncLocalStorage<Place>();
  const tracer = provider.getTracer('carillon');

  return async (span, run) => {
    const outer = places.getStore() ?? { context: ROOT_CONTEXT, requestId: undefined };
    const requestId = span.facts?.['carillon.request_id'] ?? outer.requestId;
    const facts: SpanFacts = { ...span.facts, 'carillon.request_id': requestId };
    const kind = span.isCall ? SpanKind.CLIENT : SpanKind.INTERNAL;
    const own = tracer.startSpan(span.name, { kind, attributes: facts }, outer.context);
    const note: Note = (more) => own.setAttributes(more);
    try {
      return await places.run({ context: trace.setSpan(outer.context, own), requestId }, () => run(note));
    } catch (error) {
      own.setStatus({ code: SpanStatusCode.ERROR }); // without its message, which may quote anything
      own.setAttribute('error.type', typeOf(error));
      throw error;
    } finally {
      own.end();
    }
  };
}

/** What an error is, in a word: PostgreSQL's code or the system's, ours of a refusal, else its name. */
function typeOf(error: unknown): string {
  const words = error instanceof Error ? ['code' in error ? error.code : undefined, error.name] : [];
  const fit = words.find((word) => typeof word === 'string' && /^[A-Za-z0-9_-]{1,60}$/.test(word));
  return typeof fit === 'string' ? fit : '_OTHER';
}
