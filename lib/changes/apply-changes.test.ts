import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { breakMirrorOf } from '../../testing/broken-mirror.ts';
import { anaTo, dana, expectAuditToMatchJournal, mona, syncEverything, until, withDesk } from '../../testing/desk.ts';
import { applyChanges } from './apply-changes.ts';
import { cancelChange } from './cancel-change.ts';
import { outcomesOf } from './outcomes-store.ts';
import { resolveChanges } from './resolve-changes.ts';
import { settleApplied } from './settle-change-store.ts';

const changeIdOf = (outcome: { state: string; changeId?: string } | undefined) => outcome?.changeId ?? '';

describe.concurrent('a change that Chime makes', () => {
  test('is applied, mirrored, audited and confirmed', () =>
    withDesk(async (desk) => {
      const [outcome] = await desk.change([anaTo('Pro')]);

      expect(outcome).toMatchObject({ state: 'applied', from: 'Basic', to: 'Pro' });
      expect(await desk.licenseOf('ana')).toBe('Pro');
      await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(outcome)]);
        return now?.state === 'applied' && now.confirmation === 'confirmed';
      });
      const [entry] = await desk.audit();
      expect(entry).toMatchObject({ action: 'change', from: 'Basic', to: 'Pro', outcome: 'applied' });
      expect(entry?.operator).toMatchObject({ name: 'Dana Reyes', role: 'helpdesk' });
      expect(entry?.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
      await expectAuditToMatchJournal(desk);
    }));

  test('can be undone, and both are in the history', () =>
    withDesk(async (desk) => {
      const [made] = await desk.change([anaTo('Pro')]);
      const [undone] = await desk.change([{ ...anaTo('Basic', 'Pro'), undoes: changeIdOf(made) }]);

      expect(undone).toMatchObject({ state: 'applied', to: 'Basic' });
      expect((await desk.audit()).map(({ action, to }) => [action, to])).toEqual([
        ['change', 'Pro'],
        ['undo', 'Basic'],
      ]);
      await expectAuditToMatchJournal(desk);
    }));

  test('of several people gets an outcome of its own for each, in the order of the choices', () =>
    withDesk(async (desk) => {
      const outcomes = await desk.change([
        anaTo('Pro'),
        { userId: 'nobody', from: 'Basic', to: 'Pro' },
        { userId: 'ben', from: 'Pro', to: 'Basic' },
      ]);

      expect(outcomes.map(({ userId, state }) => [userId, state])).toEqual([
        ['ana', 'applied'],
        ['nobody', 'failed'],
        ['ben', 'applied'],
      ]);
    }));
});

describe.concurrent('a choice that is refused before anything is sent', () => {
  const refusals = [
    ['a person who is not there', { userId: 'nobody', from: 'Basic', to: 'Pro' }, 'unknown-user'],
    ['the license the person has', anaTo('Basic'), 'invalid'],
    ['a license the account does not support', anaTo('Plus'), 'unsupported-license'],
    ['a license that is no longer what the operator saw', anaTo('Pro', 'ProTrial'), 'conflict'],
    [
      'an undo of a change that never was',
      { ...anaTo('Pro'), undoes: '5f0c3f1c-6d5f-4f4e-9a53-0d3b6f6a0001' },
      'invalid',
    ],
  ] as const;
  for (const [what, choice, code] of refusals) {
    test(`${what} is audited as ${code}`, () =>
      withDesk(async (desk) => {
        const [outcome] = await desk.change([choice]);

        expect(outcome).toMatchObject({ state: 'failed', failure: { code } });
        expect(await desk.audit()).toMatchObject([{ outcome: 'failed', failure: code }]);
        expect(await desk.control.journal()).toEqual([]);
      }));
  }

  test('in an account whose directory sets the licenses', () =>
    withDesk(async (desk) => {
      const { directory } = desk.chimeService.accounts;
      const [person] = desk.chimeService.everyone(directory);
      const choice = { userId: person?.UserId ?? '', from: person?.LicenseType ?? null, to: 'Basic' } as const;

      const [outcome] = await applyChanges(desk.deps, directory, [choice], { ...dana, requestId: crypto.randomUUID() });

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'directory-managed' } });
      expect(await desk.control.journal()).toEqual([]);
    }));

  test('in an account that nobody knows', () =>
    withDesk(async (desk) => {
      const [outcome] = await applyChanges(desk.deps, 'no-such-account', [anaTo('Pro')], {
        ...dana,
        requestId: crypto.randomUUID(),
      });

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'unknown-account' } });
    }));
});

describe.concurrent('two operators at the same person', () => {
  test('the later one hears who set what, and when', () =>
    withDesk(async (desk) => {
      await desk.change([{ userId: 'ben', from: 'Pro', to: 'Basic' }], mona);

      const [outcome] = await desk.change([{ userId: 'ben', from: 'Pro', to: 'Basic' }]);

      expect(outcome).toMatchObject({
        state: 'failed',
        failure: { code: 'conflict', current: 'Basic', other: { name: 'Mona Brandt', license: 'Basic' } },
      });
      await expectAuditToMatchJournal(desk);
    }));

  test('at the same moment: one changes, the other hears that a change is under way or made', () =>
    withDesk(async (desk) => {
      const outcomes = await Promise.all([desk.choose([anaTo('Pro')]), desk.choose([anaTo('Pro')], mona)]);

      const states = outcomes
        .flat()
        .map((outcome) => (outcome.state === 'failed' ? outcome.failure.code : outcome.state));
      expect(states.filter((state) => state === 'applied')).toHaveLength(1);
      expect(states.filter((state) => state === 'busy' || state === 'conflict')).toHaveLength(1);
      await expectAuditToMatchJournal(desk);
    }));

  test('in the moment in which the other one is being settled, the later hears of it and nothing is sent', () =>
    withDesk(async (desk) => {
      await desk.control.delay('UpdateUser', 1_000);
      const first = desk.choose([anaTo('Pro')]);
      const pending = await until(async () =>
        desk.db.selectFrom('changes').select('id').where('state', '=', 'pending').executeTakeFirst(),
      );
      const settling = Promise.withResolvers<void>();
      const written = Promise.withResolvers<void>();
      const settled = desk.db.transaction().execute(async (trx) => {
        await settleApplied(trx, { id: pending.id, to: 'Pro' }, { seen: true });
        written.resolve();
        await settling.promise;
      });
      await written.promise;
      const second = desk.choose([anaTo('Pro')], mona);
      await until(async () => isAnyoneWaiting(desk.db));

      settling.resolve();
      await settled;

      expect(await second).toMatchObject([{ state: 'failed', failure: { code: 'conflict', current: 'Pro' } }]);
      await first;
      expect((await desk.control.calls()).filter(({ operation }) => operation === 'UpdateUser')).toHaveLength(1);
    }));

  test('an undo is refused when somebody has changed the person since', () =>
    withDesk(async (desk) => {
      const [made] = await desk.change([anaTo('Pro')]);
      await desk.change([anaTo('Basic', 'Pro')], mona);

      const [undone] = await desk.change([{ ...anaTo('Basic', 'Pro'), undoes: changeIdOf(made) }]);

      expect(undone).toMatchObject({ state: 'failed', failure: { code: 'conflict', other: { name: 'Mona Brandt' } } });
    }));

  test('a change made outside Carillon since the last read is a conflict, not overwritten', () =>
    withDesk(async (desk) => {
      await forgetFreshReads(desk.db);
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Plus' });

      const [outcome] = await desk.change([anaTo('Pro')]);

      expect(outcome).toMatchObject({
        state: 'failed',
        failure: { code: 'conflict', current: 'Plus', other: { license: 'Plus' } },
      });
      expect(await desk.licenseOf('ana')).toBe('Plus');
      await expectAuditToMatchJournal(desk);
    }));
});

describe.concurrent('when Chime refuses', () => {
  const finalErrors = [
    ['BadRequestException', 'bad-request'],
    ['UnauthorizedClientException', 'unauthorized'],
    ['ForbiddenException', 'forbidden'],
    ['NotFoundException', 'not-found'],
    ['ConflictException', 'conflict-in-chime'],
    ['UnprocessableEntityException', 'unprocessable'],
    ['AccessDeniedException', 'access-denied'],
    ['ResourceLimitExceededException', 'resource-limit'],
  ] as const;
  for (const [error, code] of finalErrors) {
    test(`${error} is final: one call, kept as failed with its request ID`, () =>
      withDesk(async (desk) => {
        await desk.control.failNext('UpdateUser', error);

        const [outcome] = await desk.change([anaTo('Pro')]);

        expect(outcome).toMatchObject({
          state: 'failed',
          failure: { code, current: 'Basic', tries: 1, chime: { code: error } },
        });
        const calls = (await desk.control.calls()).filter(({ operation }) => operation === 'UpdateUser');
        expect(calls).toHaveLength(1);
        expect(outcome?.state === 'failed' && outcome.failure.chime?.requestId).toBe(calls[0]?.requestId);
        await expectAuditToMatchJournal(desk);
      }));
  }

  test('a throttled change is tried again after Retry-After, and takes', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { count: 2, retryAfterSeconds: 2 });

      const [pending] = await desk.choose([anaTo('Pro')]);
      const waiting = await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(pending)]);
        return now?.state !== 'pending' || now.waitingFor ? now : undefined;
      });
      expect(waiting).toMatchObject({ state: 'pending', waitingFor: 'throttled', maxTries: 5 });

      expect(await desk.settled(pending)).toMatchObject({ state: 'applied' });
      await expectAuditToMatchJournal(desk);
    }));

  test('throttled five times, it gives up and says how often it tried', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { count: 0 });

      const outcome = await desk.settled((await desk.choose([anaTo('Pro')]))[0]);

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'throttled', tries: 5, current: 'Basic' } });
      await expectAuditToMatchJournal(desk);
    }));

  test('one throttled person makes the others wait, instead of being throttled in turn', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { userId: 'ana', retryAfterSeconds: 2 });
      const [first] = await desk.choose([anaTo('Pro')]);
      const { paused_until: pausedUntil } = await desk.db
        .selectFrom('chime_pace')
        .select('paused_until')
        .executeTakeFirstOrThrow();

      const [second] = await desk.change([{ userId: 'ben', from: 'Pro', to: 'Basic' }]);

      expect(second).toMatchObject({ state: 'applied' });
      expect(await desk.settled(first)).toMatchObject({ state: 'applied' });
      const call = (await desk.control.calls()).find(
        ({ operation, userId }) => operation === 'UpdateUser' && userId === 'ben',
      );
      expect(new Date(call?.at ?? 0) >= pausedUntil).toBe(true);
    }));

  for (const [error, code] of [
    ['ServiceFailureException', 'service-failure'],
    ['ServiceUnavailableException', 'unavailable'],
  ] as const) {
    test(`${error} is tried three times, each read back, then failed`, () =>
      withDesk(async (desk) => {
        await desk.control.failNext('UpdateUser', error, { count: 0 });

        const outcome = await desk.settled((await desk.choose([anaTo('Pro')]))[0]);

        expect(outcome).toMatchObject({ state: 'failed', failure: { code, tries: 3, current: 'Basic' } });
        const calls = (await desk.control.calls()).map(({ operation }) => operation);
        expect(calls.filter((operation) => operation === 'UpdateUser')).toHaveLength(3);
        expect(calls.filter((operation) => operation === 'GetUser').length).toBeGreaterThanOrEqual(3);
        await expectAuditToMatchJournal(desk);
      }));

    test(`${error} although the change took is reported as saved, after looking`, () =>
      withDesk(async (desk) => {
        await desk.control.failNext('UpdateUser', error, { afterApplying: true });

        const [outcome] = await desk.change([anaTo('Pro')]);

        expect(outcome).toMatchObject({ state: 'applied', confirmation: 'confirmed', despite: { code } });
        await expectAuditToMatchJournal(desk);
      }));
  }

  test('an operator can cancel a change that waits for its next try', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { retryAfterSeconds: 10 });
      const [pending] = await desk.choose([anaTo('Pro')]);

      const by = { ...dana, requestId: randomUUID() };
      await cancelChange(desk.deps, desk.accountId, changeIdOf(pending), by);
      await cancelChange(desk.deps, desk.accountId, changeIdOf(pending), by);

      expect(await desk.settled(pending)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
      expect(await desk.licenseOf('ana')).toBe('Basic');
      await expectAuditToMatchJournal(desk);
      const said = (await desk.audit()).map(({ action, operator, failure }) => [action, operator?.name, failure]);
      expect(said).toEqual([
        ['cancel', 'Dana Reyes', null],
        ['change', 'Dana Reyes', 'cancelled'],
      ]);
    }));

  test('an operator of the helpdesk does not call off what somebody else has asked for; an admin does, and the audit says so', () =>
    withDesk(async (desk) => {
      await desk.control.failNext('UpdateUser', 'ThrottledClientException', { retryAfterSeconds: 10 });
      const [pending] = await desk.choose([anaTo('Pro')]);
      const cancelAs = (by: typeof dana) =>
        cancelChange(desk.deps, desk.accountId, changeIdOf(pending), { ...by, requestId: randomUUID() });

      await expect(cancelAs(mona)).rejects.toMatchObject({
        code: 'not-allowed',
        message: expect.stringMatching(/^Dana/),
      });
      expect(await desk.audit()).toEqual([]);
      await cancelAs({ operatorId: 'ada', operatorName: 'Ada Okoye', operatorRole: 'admin' });

      expect(await desk.settled(pending)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
      const [entry] = await desk.audit();
      expect(entry).toMatchObject({
        action: 'cancel',
        operator: { name: 'Ada Okoye' },
        user: { id: 'ana' },
        to: 'Pro',
      });
    }));
});

describe.concurrent('when Chime does not answer as it should', () => {
  const answers = [
    ['drops the connection before applying', (desk) => desk.control.drop('UpdateUser', 'before')],
    ['drops the connection after applying', (desk) => desk.control.drop('UpdateUser', 'after')],
    [
      'answers 200 with nothing, having applied it',
      (desk) => desk.control.answerNext('UpdateUser', { kind: 'empty', apply: true }),
    ],
    [
      'answers 200 with nothing, not having applied it',
      (desk) => desk.control.answerNext('UpdateUser', { kind: 'empty', apply: false }),
    ],
    [
      'answers 200 with HTML',
      (desk) => desk.control.answerNext('UpdateUser', { kind: 'html', status: 200, apply: true }),
    ],
    [
      'answers 502 with HTML',
      (desk) => desk.control.answerNext('UpdateUser', { kind: 'html', status: 502, apply: false }),
    ],
    ['answers null in every field', (desk) => desk.control.answerNext('UpdateUser', { kind: 'nulls' })],
    ['answers timestamps as numbers', (desk) => desk.control.answerNext('UpdateUser', { kind: 'numeric-timestamps' })],
  ] satisfies [string, (desk: Parameters<Parameters<typeof withDesk>[0]>[0]) => Promise<unknown>][];
  for (const [what, plant] of answers) {
    test(`and ${what}, the change is found out and ends as saved`, () =>
      withDesk(async (desk) => {
        await plant(desk);

        const outcome = await desk.settled((await desk.choose([anaTo('Pro')]))[0]);

        expect(outcome).toMatchObject({ state: 'applied' });
        expect(await desk.licenseOf('ana')).toBe('Pro');
        await expectAuditToMatchJournal(desk);
      }));
  }

  test('a change that nobody can read back is unknown, never failed', () =>
    withDesk(async (desk) => {
      await desk.control.drop('UpdateUser', 'after');
      await desk.control.failNext('GetUser', 'ServiceUnavailableException', { count: 0 });

      const outcome = await desk.settled((await desk.choose([anaTo('Pro')]))[0]);

      expect(outcome).toMatchObject({ state: 'unknown', failure: { code: 'no-answer' } });
      expect(await desk.audit()).toEqual([]);
    }));

  test('a retired service is said to be retired, at once', () =>
    withDesk(async (desk) => {
      await desk.control.retire();

      const [outcome] = await desk.change([anaTo('Pro')]);

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'retired' } });
    }));

  test('while it is down nothing is sent, and the change is certainly not made', () =>
    withDesk(async (desk) => {
      await forgetFreshReads(desk.db);
      await desk.control.failNext(undefined, 'ServiceUnavailableException', { count: 0 });

      const outcome = await desk.settled((await desk.choose([anaTo('Pro')]))[0]);

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'unavailable', current: 'Basic' } });
      await desk.control.clear();
      await expectAuditToMatchJournal(desk);
    }));

  test('a change that is accepted but not shown yet says so, and is confirmed when it shows', () =>
    withDesk(async (desk) => {
      await desk.control.answerNext('UpdateUser', { kind: 'stale', ms: 1_500 });
      const [outcome] = await desk.change([anaTo('Pro')]);

      const seen = await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(outcome)]);
        return now?.state === 'applied' && now.confirmation === 'not-visible' && now;
      });
      expect(seen).toMatchObject({ shown: 'Basic' });
      await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(outcome)]);
        return now?.state === 'applied' && now.confirmation === 'confirmed';
      });
    }));
});

describe.concurrent('a slow Chime', () => {
  for (const seconds of [1, 4]) {
    test(`of ${seconds} s: the change is saved`, () =>
      withDesk(async (desk) => {
        await desk.control.delay('UpdateUser', seconds * 1000);

        const [first] = await desk.choose([anaTo('Pro')]);

        if (seconds > 1) expect(first?.state).toBe('pending');
        expect(await desk.settled(first)).toMatchObject({ state: 'applied' });
        await expectAuditToMatchJournal(desk);
      }));
  }

  test('of 20 s does not hold back anybody else, and is never called failed before it cannot apply any more', () =>
    withDesk(async (desk) => {
      await desk.control.delay('UpdateUser', 20_000, { userId: 'ana', count: 0 });
      const [slow] = await desk.choose([anaTo('Pro')]);
      expect(slow).toMatchObject({ state: 'pending' });

      const [quick] = await desk.change([{ userId: 'ben', from: 'Pro', to: 'Basic' }]);
      expect(quick).toMatchObject({ state: 'applied' });

      expect(await desk.settled(slow)).toMatchObject({ state: 'unknown' });
    }));
});

test('a sync page that was read before a change does not take the change back', () =>
  withDesk(async (desk) => {
    await sql`update accounts set sync_wanted = true where id = ${desk.accountId}`.execute(desk.db);
    await desk.control.delay('ListUsers', 700, { accountId: desk.accountId });
    const syncing = syncEverything(desk.deps);

    const [outcome] = await desk.change([anaTo('Pro')]);
    await syncing;

    expect(outcome).toMatchObject({ state: 'applied' });
    const row = await desk.db.selectFrom('users').select('license').where('id', '=', 'ana').executeTakeFirst();
    expect(row?.license).toBe('Pro');
  }));

/** Whether a statement waits for another transaction to end. */
async function isAnyoneWaiting(db: Parameters<Parameters<typeof withDesk>[0]>[0]['db']): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event = 'transactionid'`.execute(db);
  return rows.length > 0;
}

/** As if the last look at Chime were long ago. */
async function forgetFreshReads(db: Parameters<Parameters<typeof withDesk>[0]>[0]['db']): Promise<void> {
  await sql`update users set read_at = read_at - interval '1 minute'`.execute(db);
}

describe('a fault of our own', () => {
  test('with one of several people fails that one alone, and the others are changed', () =>
    withDesk(async (desk) => {
      await sql`
        create function refuse_intent() returns trigger language plpgsql as
        $$ begin raise exception 'a fault of our own'; end $$`.execute(desk.db);
      await sql`
        create trigger refuse_intent before insert on changes for each row
        when (new.user_id = 'ana') execute function refuse_intent()`.execute(desk.db);

      const outcomes = await desk.change([anaTo('Pro'), { userId: 'ben', from: 'Pro', to: 'Basic' }]);

      expect(outcomes).toMatchObject([{ state: 'failed', failure: { code: 'unexpected' } }, { state: 'applied' }]);
      expect(await desk.licenseOf('ana')).toBe('Basic');
      expect(await desk.licenseOf('ben')).toBe('Basic');
    }));

  test('before anything was sent fails the change as our fault, with a reference, and sends nothing', () =>
    withDesk(async (desk) => {
      await sql`update users set read_at = read_at - interval '1 hour', sort_name = 'old'`.execute(desk.db);
      await desk.control.changeOutside(desk.accountId, 'ana', { DisplayName: 'Ana M. Silva' });
      await breakMirrorOf(desk.db, 'ana');

      const [outcome] = await desk.change([anaTo('Pro')]);

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'unexpected', current: 'Basic' } });
      expect(outcome?.state === 'failed' && outcome.failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect((await desk.control.calls()).filter(({ operation }) => operation === 'UpdateUser')).toEqual([]);
      expect((await desk.audit()).at(-1)).toMatchObject({ outcome: 'failed', failure: 'unexpected' });
    }));

  test('after it was sent leaves the change unknown as our fault, and it is found out once that has passed', () =>
    withDesk(async (desk) => {
      const mend = await breakMirrorOf(desk.db, 'ana');

      const outcome = await until(async () => {
        const [begun] = await desk.choose([anaTo('Pro')]);
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(begun)]);
        return now?.state === 'unknown' ? now : undefined;
      });

      expect(outcome.failure).toMatchObject({ code: 'unexpected' });
      expect(await desk.licenseOf('ana')).toBe('Pro');

      await mend();
      await sql`update changes set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
      await resolveChanges(desk.deps);
      const [found] = await outcomesOf(desk.db, desk.accountId, [changeIdOf(outcome)]);
      expect(found).toMatchObject({ state: 'applied' });
      await expectAuditToMatchJournal(desk);
    }));
});

test('a change that cannot be written down because the database goes says so, and nothing is sent', () =>
  withDesk(async (desk) => {
    await sql`
      create function shut_down() returns trigger language plpgsql as
      $$ begin raise exception 'terminating connection' using errcode = '57P01'; end $$`.execute(desk.db);
    await sql`create trigger shuts_down before insert on changes execute function shut_down()`.execute(desk.db);

    const [outcome] = await desk.choose([anaTo('Pro')]);

    expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'no-database' } });
    expect(await desk.licenseOf('ana')).toBe('Basic');
  }));
