/**
 * One change by the whole server action, over HTTP as the browser calls it, against an action of the same running app
 * that gets the same input and does nothing: how many milliseconds session, permission, input and the change itself add.
 */
import { changeByAction, openSession } from './action-call.ts';
import { withApp } from './tools/app.ts';
import { confirmed, expectRealChanges } from './tools/desk.ts';
import { interleave, series } from './tools/measure.ts';
import { printAdded } from './tools/report.ts';
import { type Turn, turnsFor } from './tools/turns.ts';

const goalMs = 6;

export async function run(): Promise<void> {
  await withApp(500, async (app) => {
    const call = await openSession(app);
    const [turns, idleTurns] = await turnsFor(app, 2);
    if (!turns || !idleTurns) throw new Error('There are too few people');
    const whole = series(async () => {
      const { time, changeId } = await changeByAction(app, call, turns.next());
      await confirmed(app, changeId);
      return time;
    });
    const input = (turn: Turn) => ({ accountId: app.accountId, choices: [turn] });
    const empty = series(async () => (await call('nothing', '/bench/action', input(idleTurns.next()))).time);
    await interleave([whole, empty], { warmUp: 500, rounds: 300 });

    await expectRealChanges(app, turns.taken());
    printAdded('One change, whole server action', whole.times, empty.times, goalMs);
  });
}

if (import.meta.main) await run();
