import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import { startChime } from '../../testing/chime.ts';
import { breakOfChain, clickedPeople, inAudit, inJournal, keepClicking, settleAll } from '../../testing/clicking.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { syncEverything, until } from '../../testing/desk.ts';
import { hasPooler, startPooler } from '../../testing/pooler.ts';
import { runSql } from '../../testing/postgres.ts';
import { connectChime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { log } from '../log/log.ts';
import { migrate } from '../migrate.ts';
import { syncAccounts } from '../mirror/sync-mirror.ts';
import { openAppDatabase } from './database.ts';

log.level = 'silent'; // what fails while the pooler is away is expected

const name = `behind PgBouncer in transaction mode every statement has the rights of web and worker, and a restart of it loses nothing${
  hasPooler ? '' : ' (skipped: there is no PgBouncer here)'
}`;

test.skipIf(!hasPooler)(name, async () => {
  const database = await createTestDatabase();
  const desk = { name: `pooled_${randomBytes(6).toString('hex')}`, password: randomBytes(12).toString('hex') };
  await runSql(database.url, `create role ${desk.name} login password '${desk.password}' in role carillon_app`);
  await migrate(database.url);
  const login = Object.assign(new URL(database.url), { username: desk.name, password: desk.password }).href;
  const pooler = await startPooler(login, [desk]);
  const chime = await startChime({ people: clickedPeople });
  const deps: Deps = { db: openAppDatabase(pooler.through(login)), chime: connectChime(chime) };
  try {
    const rights = sql<{ who: string; time: string }>`
      select current_user as who, current_setting('statement_timeout') as time, pg_sleep(0.02)`;
    const answers = await Promise.all(Array.from({ length: 30 }, () => rights.execute(deps.db)));
    expect(answers.map(({ rows }) => [rows[0]?.who, rows[0]?.time])).toEqual(
      answers.map(() => ['carillon_app', '1min']),
    );

    await syncAccounts(deps);
    await syncEverything(deps);
    const clicking = keepClicking(deps, chime);
    for (let round = 0; round < rounds(2, 20); round += 1) {
      const before = clicking.saved.length;
      await until(async () => clicking.saved.length >= before + 30);
      await pooler.restart();
    }
    const after = clicking.saved.length;
    await until(async () => clicking.saved.length >= after + 30);
    await clicking.stop();

    await settleAll(deps);
    expect(await inAudit(deps)).toEqual(await inJournal(chime));
    expect(await breakOfChain(deps)).toBeNull();
  } finally {
    deps.chime.disconnect();
    await deps.db.destroy();
    await chime.stop();
    await pooler.stop();
    await database.remove();
    await runSql(inject('postgresUrl'), `drop role ${desk.name}`);
  }
});
