import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDesk } from '../../testing/desk.ts';
import { lookAtUser } from './look-at-user.ts';
import { forgetOldReads, maxReadsAMinute } from './person-reads-store.ts';

test('looking people up again and again does not keep Chime busy: one operator too often is refused, another is not', () =>
  withDesk(async (desk) => {
    const ana = { accountId: desk.accountId, userId: 'ana' };
    expect(await lookAtUser(desk.deps, { ...ana, operatorId: 'vera' })).toMatchObject({ id: 'ana', license: 'Basic' });
    // For this minute and the next: the minute may end while this runs.
    await sql`
      insert into person_reads (operator_id, minute, reads)
      select 'vera', date_trunc('minute', clock_timestamp()) + minutes * interval '1 minute', ${maxReadsAMinute}
      from generate_series(0, 1) minutes
      on conflict (operator_id, minute) do update set reads = excluded.reads`.execute(desk.db);
    const before = (await desk.control.calls()).length;

    await expect(lookAtUser(desk.deps, { ...ana, operatorId: 'vera' })).rejects.toMatchObject({ code: 'too-busy' });
    expect((await desk.control.calls()).length).toBe(before);
    expect(await lookAtUser(desk.deps, { ...ana, operatorId: 'dana' })).toMatchObject({ id: 'ana' });
  }));

test('the counts of minutes long over are forgotten', () =>
  withDesk(async ({ db }) => {
    await sql`
      insert into person_reads values ('vera', clock_timestamp() - interval '11 minutes', 3), ('vera', clock_timestamp(), 1)`.execute(
      db,
    );

    await forgetOldReads(db);

    expect(await db.selectFrom('person_reads').select('reads').execute()).toEqual([{ reads: 1 }]);
  }));
