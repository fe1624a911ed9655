import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../lib/db/database.ts';
import { account } from './page.ts';

/** The people of the large account who have Basic, once its first listing is complete. */
export async function peopleOnBasic(db: Database): Promise<string[]> {
  for (;;) {
    const listed = db.selectFrom('accounts').select('complete_as_of').where('id', '=', account);
    if ((await listed.executeTakeFirst())?.complete_as_of) break;
    await pause(200);
  }
  const basic = db.selectFrom('users').select('id').where('account_id', '=', account).where('license', '=', 'Basic');
  return (await basic.orderBy('id').execute()).map(({ id }) => id);
}
