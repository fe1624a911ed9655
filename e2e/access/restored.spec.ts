import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { shell } from '../../lib/texts/shell.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, serverActions, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { peopleOn } from '../support/people-page.ts';

/** The administrator's command at this product, as the owner of the tables. */
async function admin({ databaseUrl, audit, cookieSecret, chime }: Stack, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    AUDIT_KEY: audit.key,
    NEXTAUTH_SECRET: cookieSecret,
    CHIME_ENDPOINT: chime.endpoint,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/admin/admin.ts', ...args], { env });
  return stdout;
}

const ana = 'Ana Silva';

test('a restored database can be looked at, and every way to change something is refused until a person accepts it', async ({
  page,
  comeIn,
  stack,
  evidence,
  axe,
}) => {
  await admin(stack, 'mark-restored');
  try {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go('ana silva');
    await expect(page.getByText(shell.restored)).toBeVisible();
    await axe(page);
    await people.choose(ana, 'Pro');
    await expect(people.row(ana)).toContainText('The database was restored from a backup');

    const { cookie } = await signedIn(stack, 'admin');
    const headers = { cookie, origin: stack.url };
    for (const name of (await serverActions()).keys()) {
      if (name === 'signOut') continue;
      const { result } = await callAction(stack, name, { accountId: account }, headers);
      expect({ name, result }).toMatchObject({ name, result: { ok: false, failure: { code: 'restored' } } });
    }
    for (const path of ['batches/upload', 'trend/activity/upload', 'trend/departments/upload']) {
      const url = `${stack.url}/api/accounts/${account}/${path}`;
      const response = await fetch(url, { method: 'POST', headers, body: 'E-mail\n' });
      expect([path, response.status]).toEqual([path, 503]);
      expect(await response.json()).toMatchObject({ failure: { code: 'restored' } });
    }
    expect(await evidence.journal()).toEqual([]);
  } finally {
    await admin(stack, 'accept-restore', '--why', 'Ticket 4711');
  }

  await page.reload();
  await expect(page).toHaveURL(/sign-in/); // every session has ended
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await expect(page.getByText(shell.restored)).toHaveCount(0);
  await people.choose(ana, 'Pro');
  await expect.poll(async () => (await evidence.journal()).length).toBe(1);
});
