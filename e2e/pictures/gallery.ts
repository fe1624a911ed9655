import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeExampleHistory } from '../../lib/trend/ledger/example-history-store.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import { root } from '../../scripts/bootstrap.mjs';
import { batches, batchOn } from '../support/batches-page.ts';
import { account } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';
import { openHistory } from '../support/history-panel.ts';
import { licenses } from '../support/licenses-page.ts';
import { newBatch, newBatchOn } from '../support/new-batch-page.ts';
import { peopleOn } from '../support/people-page.ts';
import { prices } from '../support/prices-page.ts';
import { signInOn } from '../support/sign-in-page.ts';
import { tokensPage } from '../support/tokens-page.ts';
import { trend } from '../support/trend-page.ts';
import { overflow } from '../support/words-in-lines.ts';

const folder = join(root, '.carillon', 'reports', 'gallery');

const widths = [320, 768, 1280, 1440, 1920];
const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;

type Look = (name: string) => Promise<void>;

/** Draws a state of a page at every width and in every look; each must fit and be accessible. */
function looker(page: Page, axe: (page: Page) => Promise<void>): Look {
  mkdirSync(folder, { recursive: true });
  return async (name) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 600 ? 700 : 900 });
      for (const [look, media] of Object.entries(looks)) {
        await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
        await page.screenshot({ path: join(folder, `${name} ${width} ${look}.png`) });
        expect.soft(await overflow(page), `${name} at ${width}`).toBeLessThanOrEqual(0);
        if (width <= 1280) expect.soft(await axe(page).catch(String), `${name} at ${width}, ${look}`).toBe(undefined);
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };
}

test('signing in', async ({ page, axe }) => {
  const look = looker(page, axe);
  const form = signInOn(page);
  await form.go();
  await look('sign-in');
  await form.as({ username: 'nobody', password: 'wrong' });
  await expect(form.refusal).toBeVisible();
  await look('sign-in refused');
});

test('people', async ({ page, comeIn, axe, chime }) => {
  const look = looker(page, axe);
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go();
  await look('people');
  await people.go('no such person');
  await look('people nobody');
  await people.go('silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await look('people saved');
  await people.button('Ana Silva', 'Add a note').click();
  await look('people note');
  await page.keyboard.press('Escape');
  await openHistory(page, 'Ana Silva');
  await look('people history');
  await page.keyboard.press('Escape');
  await people.open('Ana Silva');
  await look('people plans');
  await chime.failNext('UpdateUser', 'ServiceFailureException', { count: 3 });
  await people.option('Basic').click();
  await expect(people.row('Ana Silva')).toContainText('We tried 3 times.');
  await look('people failed');
  await people.go('silva');
  await page.getByRole('button', { name: 'Columns' }).click();
  await look('people columns');
  await people.go('silva');
  await page.keyboard.press('?');
  await look('people keys');
  await people.go();
  await page.getByRole('button', { name: 'Quick filters' }).click();
  await look('people quick filters');
  await people.go('ana silva');
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.').first()).toBeVisible();
  await look('people offline');
  await page.context().setOffline(false);
});

test('licenses, trend and cost', async ({ page, comeIn, axe, stack }) => {
  for (const accountId of Object.values(exampleAccounts)) {
    await expect.poll(() => makeExampleHistory(stack.db, accountId)).toBe(true);
  }
  const look = looker(page, axe);
  await comeIn('admin');
  for (const [name, address] of Object.entries({
    accounts: '/accounts',
    licenses,
    trend: `${trend}?period=90d`,
    'trend table': `${trend}?period=30d&view=table`,
    'trend of all': '/accounts/trend?period=13m',
    compare: `${trend}/compare`,
    departments: `${trend}/departments`,
    cost: `${trend}/cost`,
    prices,
  })) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(name);
  }
});

test('batches', async ({ page, comeIn, axe, chime }) => {
  const look = looker(page, axe);
  await comeIn('admin');
  const batch = batchOn(page);
  await page.goto(batches);
  await look('batches none');
  await page.goto(newBatch);
  await look('batch new');
  await newBatchOn(page)
    .choice(/^Paste a list/)
    .check();
  await newBatchOn(page).list.fill('Ana Silva\nana.silva@nordwind.example\nnobody@nordwind.example\nsomeone');
  await newBatchOn(page).plan('Pro').check();
  await newBatchOn(page).reason.fill('INC-7');
  await batch.preview();
  await look('batch preview');
  await batch.choose('?people=filter&plan=ProTrial', 'Pro', 'INC-4711: the trials were a success');
  await batch.preview();
  await chime.throttle(1, 1);
  await batch.button(/^Change [\d,]+ people$/).click();
  await expect(batch.button('Pause')).toBeVisible();
  await look('batch running');
  await batch.ended();
  await look('batch result');
  await page.goto(batches);
  await look('batches');
});

test('audit, tokens and pages that there are not', async ({ page, comeIn, axe }) => {
  const look = looker(page, axe);
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  for (const [name, address] of Object.entries({
    audit: `/accounts/${account}/audit`,
    'audit filtered': `/accounts/${account}/audit?person=ana`,
    'audit of all': '/audit',
    tokens: tokensPage,
    'page not found': '/accounts/00000000-0000-4000-8000-000000000000/users',
  })) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(name);
  }
});
