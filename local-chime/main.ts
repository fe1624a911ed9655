import { onStopSignal } from '../lib/stop-signals.ts';
import { type CommandLine, helpText, readCommandLine } from './command-line.ts';
import { keysFile, readKeys } from './keys.ts';
import { type Blueprint, blueprintOf, createOrganisation, isOrganised } from './people/organisation.ts';
import { startLocalChime } from './start.ts';
import type { Store } from './store.ts';

/** How long calls in flight may take to be answered once the end is asked for. */
const deadlineMs = 5_000;

async function main(): Promise<void> {
  const line = readCommandLine(process.argv.slice(2));
  if (line.help) return void process.stdout.write(helpText(line));
  const keys = readKeys(process.env, line.data);
  const chime = await startLocalChime({
    file: line.data,
    host: line.host,
    port: line.port,
    controlPort: line.controlPort,
    fullAnswers: line.fullAnswers,
    credentials: { accessKeyId: keys.LOCAL_CHIME_ACCESS_KEY_ID, secretAccessKey: keys.LOCAL_CHIME_SECRET_ACCESS_KEY },
    controlToken: keys.LOCAL_CHIME_CONTROL_TOKEN,
    needsOrganising: (store) => needsOrganising(store, line),
    organise: (store) => organise(store, line),
  });
  onStopSignal(() => chime.stop(deadlineMs).catch(fail));
  console.log(
    `Local Chime listens on ${chime.endpoint} (control on ${chime.controlEndpoint}); ` +
      `keys not set in the environment are in ${keysFile(line.data)}`,
  );
}

/** A file made to another size or seed is not touched unless `--reset` says so. */
function needsOrganising(store: Store, line: CommandLine): boolean {
  if (line.reset || !isOrganised(store)) return true;
  const found = blueprintOf(store);
  const wanted = blueprintFor(store, line);
  if (found?.enterprise === wanted.enterprise && found.seed === wanted.seed) return false;
  throw new Error(
    `${line.data} was made with --users ${found?.enterprise} --seed ${found?.seed}; ` +
      'add --reset to create it again and lose what was changed in it, or name another file with --data',
  );
}

function organise(store: Store, line: CommandLine): void {
  const blueprint = blueprintFor(store, line);
  const people = blueprint.team + blueprint.enterprise + blueprint.directory;
  console.log(`Creating the example organisation of ${people.toLocaleString('en')} people in ${line.data}`);
  createOrganisation(store, blueprint);
}

function blueprintFor(store: Store, { users, seed }: CommandLine): Blueprint {
  const known = blueprintOf(store);
  return {
    seed: seed ?? known?.seed ?? 1,
    team: 60,
    enterprise: users ?? known?.enterprise ?? 5000,
    directory: 300,
  };
}

function fail(error: unknown): void {
  console.error(`Local Chime: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

main().catch(fail);
