/**
 * One change against one `aws chime update-user` process to the same Local Chime, which is how it is done without a
 * license desk: how many times faster the use case is, and the whole server action over HTTP.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findAwsCli } from '../scripts/tools.ts';
import { changeByAction, openSession } from './action-call.ts';
import { applyOne } from './one-change.ts';
import { type App, withApp } from './tools/app.ts';
import { confirmed, type Desk, expectRealChanges } from './tools/desk.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { percentile, printFaster, printNote } from './tools/report.ts';
import { type Turn, turnsFor } from './tools/turns.ts';

const goalTimes = 50;

export async function run(): Promise<void> {
  const aws = findAwsCli(2);
  if (!aws) return printNote('The AWS command line, version 2, is not installed: nothing to compare one change with');
  await withApp(500, async (app) => {
    const call = await openSession(app);
    const [alone, byAction, byCli] = await turnsFor(app, 3);
    if (!alone || !byAction || !byCli) throw new Error('There are too few people');
    const useCase = series(() => medianOf(5, () => settled(app, applyOne(app, alone.next()))));
    const action = series(() => medianOf(5, () => settled(app, changeByAction(app, call, byAction.next()))));
    const cli = series(async () => (await timed(() => updateUser(aws, app, byCli.next()))).time);
    await interleave([useCase, action], { warmUp: 100, rounds: 0 });
    await interleave([useCase, action, cli], { warmUp: 2, rounds: 20 });

    await expectRealChanges(app, alone.taken() + byAction.taken() + byCli.taken());
    printFaster('One change, use case, against one aws process', useCase.times, cli.times, goalTimes);
    printFaster('One change, whole server action, against one aws process', action.times, cli.times, goalTimes);
  });
}

/** The process before has emptied the machine's caches; the first changes after it fill them again. */
async function medianOf(count: number, take: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  while (times.length < count) times.push(await take());
  return percentile(times, 50);
}

async function settled(app: App, change: Promise<{ time: number; changeId: string }>): Promise<number> {
  const { time, changeId } = await change;
  await confirmed(app, changeId);
  return time;
}

/** One change by one process of the AWS command line. */
export function updateUser(aws: string, { chime, accountId }: Desk, { userId, to }: Turn) {
  const where = ['--endpoint-url', chime.endpoint, '--region', 'us-east-1', '--no-cli-pager'];
  const what = ['--account-id', accountId, '--user-id', userId, '--license-type', to];
  return promisify(execFile)(aws, ['chime', 'update-user', ...where, ...what], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: chime.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: chime.keys.secretAccessKey,
      // Nothing of a real account's own settings.
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  });
}

if (import.meta.main) await run();
