import { setTimeout as sleep } from 'node:timers/promises';
import { hear } from '../db/channel.ts';
import { callToWork } from '../events/tell.ts';
import { log } from '../log/log.ts';

/** Resolves after so many milliseconds, sooner when there is work, and at once when all stops or there was a call since it last did. */
export type Wait = (ms: number, stopping: AbortSignal) => Promise<void>;

/** What waits for work, and is woken when there is some. */
export type Alarm = {
  /** A way to wait of one's own, which no call is lost to that comes while one works. */
  waiting(): Wait;
  /** Wakes all that wait in this process. */
  ring(): void;
  stop(): Promise<void>;
};

/** Hears when there is work. What is due without a call, or whose call was missed, is found by looking for it. */
export function openAlarm(databaseUrl: string): Alarm {
  let call = Promise.withResolvers<void>();
  let calls = 0;
  function ring() {
    calls += 1;
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
    ring,
    waiting() {
      let heard = calls;
      return async (ms, stopping) => {
        if (calls === heard) {
          const over = new AbortController();
          const signal = AbortSignal.any([stopping, over.signal]);
          await Promise.race([call.promise, sleep(ms, undefined, { signal }).catch(() => undefined)]);
          over.abort();
        }
        heard = calls;
      };
    },
    stop: () => hearing.stop(),
  };
}
