import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChimeClient } from '@aws-sdk/client-chime';
import { ChimeControl, type ChimeUser, type ChimeUserMembers } from '../local-chime/faults/control-client.ts';
import { type Blueprint, createOrganisation, exampleAccounts } from '../local-chime/people/organisation.ts';
import { startLocalChime } from '../local-chime/start.ts';
import type { Store } from '../local-chime/store.ts';

/** Somebody to put into an account, the enterprise one unless told. */
export type Person = ChimeUserMembers & { UserId: string; AccountId?: string };

export type ChimeOptions = {
  /** People in the enterprise account: 120, or none but `people` when some are given. */
  users?: number;
  people?: Person[];
  fullAnswers?: boolean;
  now?: () => number;
  requestTimeoutMs?: number;
};

export type TestChime = Awaited<ReturnType<typeof startChime>>;

const region = 'us-east-1';
const credentials = { accessKeyId: 'AKIDLOCALCHIMETESTS', secretAccessKey: 'a-secret-for-tests-only' };
const controlToken = 'a-control-token-for-tests-only';

/** Starts a Local Chime of its own on free ports, with a small example organisation that goes away with it. */
export async function startChime({ people = [], users, fullAnswers, now, requestTimeoutMs }: ChimeOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'local-chime-'));
  const enterprise = users ?? (people.length > 0 ? 0 : 120);
  const blueprint = { seed: 1, team: 60, enterprise, directory: 30 };
  const chime = await startLocalChime({
    file: join(folder, 'chime.sqlite'),
    port: 0,
    controlPort: 0,
    credentials,
    controlToken,
    fullAnswers,
    now,
    requestTimeoutMs,
    organise: (store) => fill(store, blueprint, people),
    needsOrganising: () => true,
  });
  // One attempt: a planted refusal has to reach the test that planted it.
  const client = new ChimeClient({ endpoint: chime.endpoint, region, credentials, maxAttempts: 1 });
  return {
    endpoint: chime.endpoint,
    controlEndpoint: chime.controlEndpoint,
    controlToken,
    credentials,
    region,
    accounts: exampleAccounts,
    control: new ChimeControl(chime.controlEndpoint, controlToken),
    client,
    /** The one person of that name in an account; Ana Silva and Mona Brandt are always there in a full organisation. */
    person: (name: string, accountId: string = exampleAccounts.enterprise) => personNamed(chime.store, accountId, name),
    /** Everyone in an account, in the order ListUsers has them. */
    everyone: (accountId: string = exampleAccounts.enterprise) => everyoneIn(chime.store, accountId),
    async stop(deadlineMs = 0) {
      await chime.stop(deadlineMs);
      client.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a test with a Local Chime that is stopped afterwards. */
export async function withChime(test: (chime: TestChime) => Promise<void>, options: ChimeOptions = {}): Promise<void> {
  const chime = await startChime(options);
  try {
    await test(chime);
  } finally {
    await chime.stop();
  }
}

function fill(store: Store, blueprint: Blueprint, people: readonly Person[]): void {
  createOrganisation(store, blueprint);
  store.writeNow(() => {
    for (const { AccountId = exampleAccounts.enterprise, ...person } of people) store.addUser({ AccountId, ...person });
  });
}

function everyoneIn(store: Store, accountId: string): ChimeUser[] {
  return store.users(accountId, {}, 0, 1_000_000).map(({ item }) => item);
}

function personNamed(store: Store, accountId: string, name: string): ChimeUser {
  const [found, ...others] = everyoneIn(store, accountId).filter((user) => user.DisplayName === name);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} people are called ${name}`);
  return found;
}
