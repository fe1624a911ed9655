import { z } from 'zod';
import { freshnessOf } from '../accounts/store.ts';
import { type Hearing, hear } from '../db/channel.ts';
import type { Database } from '../db/database.ts';
import { type Event, maxNamed } from '../events/event.ts';
import { log } from '../log/log.ts';
import type { LiveMessage } from './message.ts';
import { createThrottle } from './throttle.ts';

/** Something a page is told: the name of the message and its value. */
export type Message = { [Name in keyof LiveMessage]: { name: Name; value: LiveMessage[Name] } }[keyof LiveMessage];

type Listener = (message: Message) => void;

/** What this process hears of the accounts that somebody here follows. */
export type Feed = {
  /** Calls `listener` for what happens in an account once `ready` has resolved; `leave` ends it. */
  follow(accountId: string, listener: Listener): { ready: Promise<void>; leave: () => void };
  stop(): Promise<void>;
};

/** Events of one account that come in such a time are told together. */
const togetherMs = 250;

/** Opens this process's ear: one connection to PostgreSQL, however many pages follow. */
export function openFeed(url: string, db: Database): Feed {
  const rooms = new Map<string, Room>();
  let hearing: Hearing | undefined;

  function onText(text: string) {
    const event = eventFrom(text);
    if (event) rooms.get(event.accountId)?.hear(event);
  }

  const onLost = (err: unknown) =>
    log.warn({ err }, 'Pages do not hear of changes until the database can be listened to again');

  function onGap() {
    log.info('Pages hear of changes again');
    for (const room of rooms.values()) room.say({ name: 'hello', value: { missed: true } });
  }

  return {
    follow(accountId, listener) {
      hearing ??= hear(url, { onText, onLost, onGap });
      const room = rooms.get(accountId) ?? openRoom(db, accountId);
      rooms.set(accountId, room);
      room.listeners.add(listener);
      const leave = () => {
        // Once: the next room of this account is not ours to close.
        if (!room.listeners.delete(listener) || room.listeners.size > 0) return;
        room.close();
        rooms.delete(accountId);
      };
      return { ready: hearing.ready, leave };
    },
    async stop() {
      for (const room of rooms.values()) room.close();
      await hearing?.stop();
    },
  };
}

type Room = ReturnType<typeof openRoom>;

/** The followers of one account, in this process. */
function openRoom(db: Database, accountId: string) {
  const listeners = new Set<Listener>();
  let changed: Set<string> | null = new Set();

  function say(message: Message) {
    for (const listener of listeners) listener(message);
  }

  const changes = createThrottle(togetherMs, () => {
    const userIds = changed && [...changed];
    changed = new Set();
    say({ name: 'changed', value: { userIds } });
  });

  const syncs = createThrottle(togetherMs, () => {
    freshnessOf(db, accountId).then(
      (freshness) => say({ name: 'sync', value: { freshness } }),
      (error: unknown) => log.warn({ err: error, accountId }, 'The state of a sync could not be read'),
    );
  });

  return {
    listeners,
    say,
    hear(event: Event) {
      if (event.kind === 'sync') return syncs.trigger();
      if (event.userIds === null) changed = null;
      for (const id of event.userIds ?? []) changed?.add(id);
      if (changed && changed.size > maxNamed) changed = null;
      changes.trigger();
    },
    close() {
      changes.close();
      syncs.close();
    },
  };
}

const eventShape: z.ZodType<Event> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), accountId: z.string(), userIds: z.array(z.string()).nullable() }),
  z.object({ kind: z.literal('sync'), accountId: z.string() }),
]);

/** A notice of ours; anybody with access to the database can say anything on the channel. */
function eventFrom(text: string): Event | undefined {
  try {
    return eventShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
