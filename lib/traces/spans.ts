/**
 * What a span may say. Nothing else fits in: a trace leaves for another program, so there is no place in it for an ID, a name or an
 * e-mail of a person. Names that are not ours are OpenTelemetry's own (semantic conventions).
 */
export type SpanFacts = {
  /** The ID that the log, the audit and the operator have of the same request. */
  'carillon.request_id'?: string | undefined;
  'carillon.account_id'?: string | undefined;
  'carillon.change_id'?: string | undefined;
  'carillon.batch_id'?: string | undefined;
  /** `ok`, or the code of what was refused. */
  'carillon.outcome'?: string | undefined;
  'rpc.system.name'?: string | undefined;
  'rpc.method'?: string | undefined;
  'aws.request_id'?: string | undefined;
  'http.request.method'?: string | undefined;
  'http.response.status_code'?: number | undefined;
};

/** `isCall`: of a call to another program. */
export type Span = { name: string; isCall?: boolean; facts?: SpanFacts };

/** Adds to a span what is known only later. */
export type Note = (facts: SpanFacts) => void;

export type Tracer = <T>(span: Span, run: (note: Note) => Promise<T>) => Promise<T>;

const shared = globalThis as typeof globalThis & { carillonTracer?: Tracer };

/** Runs a use case, or a call, in a span of its own, below the one it is begun in. Without a tracer it is only run. */
export function inSpan<T>(span: Span, run: (note: Note) => Promise<T>): Promise<T> {
  return shared.carillonTracer ? shared.carillonTracer(span, run) : run(noNote);
}

const noNote: Note = () => {};

/** From now on spans go to this tracer; Next loads this module once for each bundle, and there is one for all. */
export function traceWith(tracer: Tracer | undefined): void {
  if (tracer) shared.carillonTracer = tracer;
  else delete shared.carillonTracer;
}
