import type { Role } from '../../lib/operators/roles.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled, signedIn } from '../support/door.ts';
import { actions, deskRoutes, pages, routes, verdictElsewhere } from '../support/door-table.ts';
import { expect, test } from '../support/evidence.ts';

/** What is left of an account on a database that knows it, at a web whose CHIME_ACCOUNTS does not name it: nothing. */

const { team } = exampleAccounts;
const roles = ['viewer', 'helpdesk', 'admin'] as const;

test.use({ keepsState: true });

/** The same product at another address, which looks after one account alone; it is started once. */
const narrow = test.extend<object, { web: string }>({
  web: [
    async ({ stack }, use) => {
      await stack.refreshMirror();
      await use(await stack.startAnotherWeb({ CHIME_ACCOUNTS: team }));
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function arrive(stack: Stack, url: string, role: Role) {
  const { cookie } = await signedIn(stack, role);
  return { cookie, origin: url };
}

for (const role of roles) {
  narrow(
    `each action tells a ${role} that there is no such account, and nothing of it happens`,
    async ({ stack, web, evidence }) => {
      const caller = await arrive(stack, web, role);
      await stack.killWorker(); // whatever reaches Chime from here on was sent by the web
      const calls = (await stack.chime.control.calls()).at(-1)?.seq;
      const before = await writtenDown(stack);

      for (const [action, { needs, input }] of Object.entries(actions)) {
        if (!('accountId' in input)) continue;
        const { result, text } = await callAction({ url: web }, action, input, caller);
        expect(result, action).toMatchObject({ ok: false, failure: { code: verdictElsewhere[role][needs] } });
        expect(text, action).not.toMatch(/Nordwind|@nordwind/);
      }

      expect(await writtenDown(stack)).toEqual(before);
      expect(await evidence.journal()).toEqual([]);
      expect(await stack.chime.control.calls(calls)).toEqual([]);
    },
  );

  narrow(`each route tells a ${role} that there is no such account`, async ({ stack, web }) => {
    const { cookie, origin } = await arrive(stack, web, role);
    const { id } = await personCalled(stack, 'Ana Silva');
    const calls = (await stack.chime.control.calls()).at(-1)?.seq;

    for (const [route, { needs, address, method }] of Object.entries(routes)) {
      const response = await fetch(web + address(account, id), {
        method: method ?? 'GET',
        headers: { cookie, ...(method === 'POST' && { origin }) },
      });
      const { failure } = await response.json();
      expect(failure.code, route).toBe(verdictElsewhere[role][needs]);
    }

    const about = (await stack.chime.control.calls(calls)).filter((call) => call.accountId === account);
    expect(about).toEqual([]);
  });

  narrow(`each page and each list shows a ${role} the other account and nothing else`, async ({ stack, web }) => {
    const { cookie } = await arrive(stack, web, role);
    const read = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(web + path, { headers: { cookie, ...headers } })).text();

    for (const [page, path] of Object.entries(pages)) {
      if (page === 'audit') continue; // the past, of which docs/operating.md says who sees it
      for (const asRouter of [false, true]) {
        const text = await read(path, asRouter ? { rsc: '1' } : {});
        expect(text, path).not.toMatch(/Nordwind|@nordwind|Ana Silva/);
        if (path.includes(account)) expect(text, path).toContain('Page not found');
      }
    }
    for (const [route, { needs, address }] of Object.entries(deskRoutes)) {
      if (needs === 'audit:view-all') continue;
      expect(await read(address), route).not.toMatch(/Nordwind|@nordwind/);
    }
    const { accounts } = JSON.parse(await read('/api/accounts'));
    expect(accounts.map(({ id }: { id: string }) => id)).toEqual([team]);
    for (const path of ['/', '/accounts', `/accounts/${team}/users`, `/accounts/${team}/licenses`]) {
      const text = await read(path);
      expect(text, path).toContain('Harbour Books');
      for (const id of Object.values(exampleAccounts)) if (id !== team) expect(text, path).not.toContain(id);
    }
  });
}

narrow('an admin still sees the whole audit, and a viewer does not', async ({ stack, web }) => {
  const status = async (role: Role) => {
    const { cookie } = await arrive(stack, web, role);
    return (await fetch(`${web}/api/audit/export?format=jsonl`, { headers: { cookie } })).status;
  };
  expect(await status('admin')).toBe(200);
  expect(await status('viewer')).toBe(403);
});

/** Everything the product has written down that a refused request must not have touched. */
async function writtenDown({ db }: Stack) {
  const [changes, views, lists, batches, wanted] = await Promise.all([
    db.selectFrom('changes').select('id').orderBy('id').execute(),
    db.selectFrom('views').selectAll().orderBy('name').execute(),
    db.selectFrom('lists').select('id').orderBy('id').execute(),
    db.selectFrom('batches').select(['id', 'state']).orderBy('id').execute(),
    db.selectFrom('accounts').select('id').where('sync_wanted', '=', true).execute(),
  ]);
  return { changes, views, lists, batches, wanted };
}
