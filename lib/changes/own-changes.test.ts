import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anaTo, dana, mona, withDesk } from '../testing/desk.ts';
import { cancelChange } from './cancel-change.ts';
import { noteChange } from './note-change.ts';

describe('a change', () => {
  test('takes a note of who made it, and of nobody else', () =>
    withDesk(async (desk) => {
      const [outcome] = await desk.change([anaTo('Pro')]);
      if (!outcome?.changeId) throw new Error('Nothing was changed.');
      const { changeId } = outcome;
      const note = (by: typeof dana, text: string) =>
        noteChange(desk.deps, desk.accountId, changeId, text, { ...by, requestId: randomUUID() });

      await expect(note(mona, 'It was me')).rejects.toMatchObject({ code: 'invalid' });
      expect((await desk.audit()).filter(({ action }) => action === 'note')).toEqual([]);

      await note(dana, 'Ticket 4711');
      expect((await desk.audit()).filter(({ action }) => action === 'note')).toMatchObject([
        { operator: { name: dana.operatorName }, why: 'Ticket 4711' },
      ]);
    }));

  test('is not given up by who names it in another account', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { retryAfterSeconds: 10 });
      const [outcome] = await desk.choose([anaTo('Pro')]);
      if (!outcome?.changeId) throw new Error('Nothing was changed.');
      const { changeId } = outcome;
      const cancelIn = (accountId: string) =>
        cancelChange(desk.deps, accountId, changeId, { ...dana, requestId: randomUUID() });

      await expect(cancelIn(desk.chimeService.accounts.team)).rejects.toMatchObject({ code: 'invalid' });

      const asked = await desk.db.selectFrom('changes').select('cancel_requested').execute();
      expect(asked).toEqual([{ cancel_requested: false }]);
      await cancelIn(desk.accountId);
      expect(await desk.settled(outcome)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    }));
});
