/** What the page of a trend costs at its first load in a real Chromium, against another page of the same frame, the audit. */
import { closeDays } from '../lib/trend/ledger/close-days-store.ts';
import { makeExampleHistory } from '../lib/trend/ledger/example-history-store.ts';
import { withApp } from './tools/app.ts';
import { withBrowser } from './tools/browser.ts';
import { interleave, series } from './tools/measure.ts';
import { kb, largestPaint, scriptBytes } from './tools/page-cost.ts';
import { printLine, printWithin } from './tools/report.ts';
import { signIn } from './tools/session.ts';

const maxPaintMs = 300;
const maxAddedBytes = 10_000;

export async function run(): Promise<void> {
  await withApp(5_000, async (app) => {
    await makeExampleHistory(app.deps.db, app.accountId);
    await closeDays(app.deps.db, 'UTC');
    const cookies = await signIn(app);
    const [trend, audit] = ['trend', 'audit'].map((page) => `/accounts/${app.accountId}/${page}`);
    if (trend === undefined || audit === undefined) return;
    await withBrowser(async (browser) => {
      const [ours, plain] = [
        await scriptBytes(browser, app, cookies, trend),
        await scriptBytes(browser, app, cookies, audit),
      ];
      const [own, reference] = [ours, plain].map(({ first, after, inUse }) => first + after + inUse);
      if (own === undefined || reference === undefined) return;
      printLine({
        what: 'Trend page, all its JS (gzip -9)',
        ours: kb(own),
        reference: `${kb(reference)} (the audit)`,
        ratio: `added ${kb(own - reference)}`,
        goal: { text: `added <= ${kb(maxAddedBytes)}`, isReached: own - reference <= maxAddedBytes },
      });
      const paints = [trend, audit].map((path) => series(() => largestPaint(browser, app, cookies, path)));
      await interleave(paints, { warmUp: 3, rounds: 20 });
      const [ofTrend, ofAudit] = paints;
      if (ofTrend && ofAudit)
        printWithin('Trend page, largest contentful paint, cold cache', ofTrend.times, ofAudit.times, maxPaintMs);
    });
  });
}

if (import.meta.main) await run();
