import { setTimeout as sleep } from 'node:timers/promises';
import { hear } from '../db/channel.ts';
import { callToWork } from '../events/tell.ts';
import { log } from '../log/log.ts';

/** What waits for work, and is woken when there is some. */
export type Alarm = {
  /** Resolves after so many milliseconds, sooner when somebody calls for work, and at once when all stops. */
  wait(ms: number, stopping: AbortSignal): Promise<void>;
  stop(): Promise<void>;
};

/** Hears when there is work. A worker that misses a call, because the connection was lost, finds the work after the usual pause. */
export function openAlarm(databaseUrl: string): Alarm {
  let call = Promise.withResolvers<void>();
  function ring() {
    call.resolve();
    call = Promise.withResolvers();
  }
  const hearing = hear(databaseUrl, {
    onText: (text) => text === callToWork && ring(),
    onLost: (err) =>
      log.warn({ err }, 'Work is found by looking for it alone until the database can be listened to again'),
    onGap() {
      log.info('Calls for work are heard again');
      ring();
    },
  });
  return {
    async wait(ms, stopping) {
      const over = new AbortController();
      const signal = AbortSignal.any([stopping, over.signal]);
      await Promise.race([call.promise, sleep(ms, undefined, { signal }).catch(() => undefined)]);
      over.abort();
    },
    stop: () => hearing.stop(),
  };
}
