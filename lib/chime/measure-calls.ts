import type { ChimeClient } from '@aws-sdk/client-chime';
import { measured } from '../measured.ts';
import { refusalFrom } from './refusals.ts';

/** Measures every call of a client that leaves for Chime: how long it took, and what was answered. */
export function measureCalls(client: ChimeClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const begun = performance.now();
        const told = (status: string) =>
          measured.emit('chimeCall', {
            operation: String(commandName).replace(/Command$/, ''),
            status,
            seconds: (performance.now() - begun) / 1_000,
          });
        try {
          const answered = await next(call);
          told(String(answered.output.$metadata.httpStatusCode ?? 'none'));
          return answered;
        } catch (error) {
          const refusal = refusalFrom(error);
          told(String(refusal.facts.chime?.httpStatus ?? 'none'));
          measured.emit('chimeRefusal', { code: refusal.code });
          throw error;
        }
      },
    // After an ID has been found fit to be sent, and around everything else.
    { step: 'initialize', priority: 'low', name: 'measureCalls' },
  );
}
