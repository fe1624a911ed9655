import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { allDone, closeForGood, goesOn } from '../draining.ts';

/** Longer than this nothing that is under way is waited for: a change has its outcome, or is left to a worker, within it. */
const underWayMs = 15_000;

/**
 * The end of a server that others may take over from. `drain`: while `seconds` last it goes on serving, and each answer asks for the
 * connection to be closed; then the port is closed, event streams end, and what is under way is waited for, up to 15 s.
 */
export function openDrain(server: Server): {
  take(response: ServerResponse): void;
  drain(seconds: number): Promise<void>;
} {
  const answering = new Set<ServerResponse>();
  let isDraining = false;

  const close = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };

  return {
    take(response) {
      answering.add(response);
      if (isDraining) close(response);
      void goesOn(
        new Promise<void>((resolve) => {
          response.once('close', () => {
            answering.delete(response);
            resolve();
          });
        }),
      );
    },
    async drain(seconds) {
      isDraining = true;
      for (const response of answering) close(response);
      await sleep(seconds * 1_000);
      server.close();
      closeForGood();
      await Promise.race([allDone(), sleep(underWayMs)]);
      server.closeAllConnections();
    },
  };
}
