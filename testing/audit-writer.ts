import { randomUUID } from 'node:crypto';
import { recordEntry } from '../lib/audit/store.ts';
import { openAppDatabase } from '../lib/db/database.ts';
import { requiredSetting } from '../lib/env.ts';

/** A process that writes entries for as long as it lives: alone, and as the end of a transaction. */
const db = openAppDatabase(requiredSetting('DATABASE_URL'), 5);
const entry = () => ({ action: 'note', operator: null, requestId: randomUUID() }) as const;
await Promise.all(
  [0, 1, 2, 3, 4].map(async (writer) => {
    for (;;) {
      if (writer === 0) await recordEntry(db, entry());
      else await db.transaction().execute((trx) => recordEntry(trx, entry()));
    }
  }),
);
