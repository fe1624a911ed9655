import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anaTo, dana, mona, withDesk } from '../../testing/desk.ts';
import { addNote } from './add-note.ts';
import { cancelChange } from './cancel-change.ts';

describe('a change', () => {
  test('takes a note of who made it, and of nobody else', () =>
    withDesk(async (desk) => {
      const [outcome] = await desk.change([anaTo('Pro')]);
      if (!outcome?.changeId) throw new Error('Nothing was changed.');
      const { changeId } = outcome;
      const note = (by: typeof dana, text: string) =>
        addNote(
          desk.deps,
          { accountId: desk.accountId, userId: 'ana', changeId, note: text },
          { ...by, requestId: randomUUID() },
        );

      await expect(note(mona, 'It was me')).rejects.toMatchObject({ code: 'invalid' });
      expect((await desk.audit()).filter(({ action }) => action === 'note')).toEqual([]);

      await note(dana, 'Ticket 4711');
      expect((await desk.audit()).filter(({ action }) => action === 'note')).toMatchObject([
        { operator: { name: dana.operatorName }, why: 'Ticket 4711' },
      ]);
    }));

  test('takes no note under the name of another person', () =>
    withDesk(async (desk) => {
      const [outcome] = await desk.change([anaTo('Pro')]);
      const note = { accountId: desk.accountId, userId: 'ben', changeId: outcome?.changeId, note: 'Ticket 4711' };
      const by = { ...dana, requestId: randomUUID() };
      await expect(addNote(desk.deps, note, by)).rejects.toMatchObject({ code: 'invalid' });
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

test('a note can be added to a person at any time, without a change, and to nobody who is not there', () =>
  withDesk(async (desk) => {
    const by = { ...mona, requestId: randomUUID() };
    const note = (userId: string) => addNote(desk.deps, { accountId: desk.accountId, userId, note: 'Ticket 4711' }, by);

    await note('ben');

    expect(await desk.audit()).toMatchObject([
      { action: 'note', operator: { name: mona.operatorName }, user: { id: 'ben' }, why: 'Ticket 4711' },
    ]);
    await expect(note('nobody')).rejects.toMatchObject({ code: 'unknown-user' });
  }));
