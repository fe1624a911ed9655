import { randomUUID } from 'node:crypto';
import { type License, licenses } from '../../lib/licenses/license.ts';
import { log } from '../../lib/log/log.ts';
import type { Store } from '../store.ts';
import type { ChimeAccount } from './account.ts';
import { personName } from './names.ts';
import { Random } from './random.ts';

/** How many people of all accounts together join, leave, or get another plan outside the API, each a minute. */
export type Pace = { joins: number; leaves: number; changes: number };

type Happening = keyof Pace;

const kinds = ['joins', 'leaves', 'changes'] as const satisfies Happening[];
export const stillness: Pace = { joins: 0, leaves: 0, changes: 0 };
const tickMs = 250;

/** Lets an organisation live: people join, leave and get other plans as they would by hands other than the API's. */
export class Life {
  readonly #store: Store;
  readonly #random = new Random(Date.now(), 0);
  readonly #owed: Pace = { ...stillness };
  #pace: Pace = stillness;
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** From now on at this pace; without any, nothing happens by itself. */
  set(pace: Pace): void {
    clearInterval(this.#timer);
    this.#pace = pace;
    Object.assign(this.#owed, stillness);
    this.#last = performance.now();
    if (kinds.every((kind) => pace[kind] === 0)) return;
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    const minutes = (now - this.#last) / 60_000;
    this.#last = now;
    for (const kind of kinds) {
      this.#owed[kind] += this.#pace[kind] * minutes;
      for (; this.#owed[kind] >= 1; this.#owed[kind] -= 1) {
        this.#store.write(() => this.#happen(kind)).catch((err: unknown) => log.error({ err }, 'Nothing could happen'));
      }
    }
  }

  #happen(kind: Happening): void {
    const account = this.#random.pick(this.#store.accounts({}, 0, 1_000).map(({ item }) => item));
    const cause = { operation: 'Outside', requestId: randomUUID() };
    const somebody = this.#store.somebody(account.AccountId, this.#random.below(2 ** 32) / 2 ** 32);
    if (kind === 'joins') this.#store.addUser(this.#newcomer(account, somebody?.PrimaryEmail), cause);
    else if (!somebody) return;
    else if (kind === 'leaves') this.#store.removeUser(somebody, cause);
    else this.#store.changeUser(somebody, { LicenseType: this.#otherPlan(account, somebody.LicenseType) }, cause);
  }

  /** In the same domain as somebody who is there. */
  #newcomer({ AccountId, DefaultLicense }: ChimeAccount, like: string | null | undefined) {
    const { display, given, family } = personName(this.#random);
    const UserId = randomUUID();
    const domain = like?.split('@').at(-1) ?? 'nordwind.example';
    return {
      UserId,
      AccountId,
      DisplayName: display,
      PrimaryEmail: `${given}.${family}.${UserId.slice(0, 4)}@${domain}`,
      LicenseType: DefaultLicense ?? 'Basic',
      UserType: 'PrivateUser',
      UserRegistrationStatus: 'Registered',
      RegisteredOn: new Date().toISOString(),
    };
  }

  #otherPlan({ SupportedLicenses }: ChimeAccount, now: string | null | undefined): License {
    const offered = licenses.filter((license) => SupportedLicenses?.includes(license) ?? license !== 'ProTrial');
    const others = offered.filter((license) => license !== now);
    return others.length > 0 ? this.#random.pick(others) : 'Basic';
  }
}
