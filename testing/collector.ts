import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

const valueShape = z.object({ stringValue: z.string().optional(), intValue: z.number().optional() });
const spanShape = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(z.object({ key: z.string(), value: valueShape })),
  status: z.object({ code: z.number() }),
});
const sentShape = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanShape) })) })),
});

export type SentSpan = Omit<z.infer<typeof spanShape>, 'attributes'> & { facts: Record<string, string | number> };

/**
 * A collector of traces, as OpenTelemetry describes one: it takes OTLP in JSON over HTTP, keeps what it was sent, and answers with
 * this status.
 */
export async function startCollector(status = 200) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    if (request.url === '/v1/traces') bodies.push(body);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The collector has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Everything it was sent, as it came. */
    text: () => bodies.join('\n'),
    spans: (): SentSpan[] =>
      bodies
        .flatMap((body) => sentShape.parse(JSON.parse(body)).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
        .map(({ attributes, ...span }) => ({ ...span, facts: Object.fromEntries(attributes.map(factOf)) })),
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const factOf = ({ key, value }: { key: string; value: z.infer<typeof valueShape> }): [string, string | number] => [
  key,
  value.stringValue ?? value.intValue ?? '',
];
