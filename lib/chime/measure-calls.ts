import type { ChimeClient } from '@aws-sdk/client-chime';
import { measured } from '../measured.ts';
import { inSpan, type Span } from '../traces/spans.ts';
import { refusalFrom } from './refusals.ts';

/** Measures every call of a client that leaves for Chime, and gives it a span: how long it took, and what was answered. */
export function measureCalls(client: ChimeClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const operation = String(commandName).replace(/Command$/, '');
        const begun = performance.now();
        const told = (status: string) =>
          measured.emit('chimeCall', { operation, status, seconds: (performance.now() - begun) / 1_000 });
        return inSpan(spanOf(operation, call.input), async (note) => {
          try {
            const answered = await next(call);
            const { httpStatusCode: status, requestId } = answered.output.$metadata;
            told(String(status ?? 'none'));
            note({ 'http.response.status_code': status, 'aws.request_id': requestId });
            return answered;
          } catch (error) {
            const { code, facts } = refusalFrom(error);
            told(String(facts.chime?.httpStatus ?? 'none'));
            note({ 'http.response.status_code': facts.chime?.httpStatus, 'aws.request_id': facts.chime?.requestId });
            note({ 'carillon.outcome': code });
            measured.emit('chimeRefusal', { code });
            throw error;
          }
        });
      },
    // After an ID has been found fit to be sent, and around everything else.
    { step: 'initialize', priority: 'low', name: 'measureCalls' },
  );
}

function spanOf(operation: string, input: object): Span {
  const accountId = 'AccountId' in input && typeof input.AccountId === 'string' ? input.AccountId : undefined;
  return {
    name: operation,
    isCall: true,
    facts: { 'rpc.system.name': 'aws-api', 'rpc.method': operation, 'carillon.account_id': accountId },
  };
}
