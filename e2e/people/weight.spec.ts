import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';

/**
 * In kB, packed as well as gzip can, with 2 % of air: what stands in the page's HTML, and all that it fetches until it can be used.
 * What makes them heavier is looked for before they are raised.
 */
const most = { first: 173.5, all: 214 };

test('the scripts of the people’s page weigh no more than they should', async ({ page, comeIn }, testInfo) => {
  await comeIn('helpdesk');
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  const document = await page.goto(`/accounts/${enterprise}/users`);
  await peopleOn(page).isReady();
  const html = (await document?.text()) ?? '';

  const weigh = async (some: Response[]) => {
    const sizes = await Promise.all(some.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
    return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  };
  const named = scripts.filter((script) => html.includes(`src="${new URL(script.url()).pathname}"`));
  const kb = { first: await weigh(named), all: await weigh(scripts) };
  await testInfo.attach('kB of scripts', { body: JSON.stringify(kb), contentType: 'application/json' });

  expect(named.length).toBeGreaterThan(5);
  expect(scripts.length).toBeGreaterThan(named.length);
  expect(kb.first).toBeLessThan(most.first);
  expect(kb.all).toBeLessThan(most.all);
});
