import { z } from 'zod';
import type { License } from '../../lib/licenses/license.ts';
import type { Store } from '../store.ts';
import type { AccountType, ChimeAccount } from './account.ts';
import { type PersonName, personName } from './names.ts';
import { Random } from './random.ts';
import type { ChimeUser } from './user.ts';

const blueprintShape = z.object({
  seed: z.number(),
  team: z.number(),
  enterprise: z.number(),
  directory: z.number(),
});

/** How large the example organisation is, and which of the many like it. */
export type Blueprint = z.output<typeof blueprintShape>;

/** The accounts of every example organisation: the same IDs whatever its seed. */
export const exampleAccounts = {
  team: 'b0f3a8a2-1c5e-4d0b-9a57-2f6f1d3e7c10',
  enterprise: '5e7d2c94-88b1-4f6a-a3d8-6c0b9e41f225',
  directory: 'c81a6f07-3b92-4e1d-8f40-d95e7a2b6633',
} as const;

type AccountPlan = {
  account: ChimeAccount;
  domains: readonly string[];
  size: number;
  /** Somebody that docs and demos know by name, and the place they have in the listing. */
  known: { place: number; name: PersonName; license: License; state: State };
  state: (random: Random) => State;
};

type State = Pick<ChimeUser, 'UserRegistrationStatus' | 'UserInvitationStatus'>;

const joined: State = { UserRegistrationStatus: 'Registered' };
const accepted: State = { UserRegistrationStatus: 'Registered', UserInvitationStatus: 'Accepted' };

const commitSize = 20_000;

/** Fills an emptied store with the example organisation, some thousands of people at a time. */
export function createOrganisation(store: Store, blueprint: Blueprint): void {
  store.writeNow(() => {
    store.clear();
    store.set('blueprint', JSON.stringify(blueprint));
    store.set('organised', 'no');
  });
  for (const [stream, plan] of plans(blueprint).entries()) {
    store.writeNow(() => store.addAccount(plan.account));
    const people = everyone(plan, new Random(blueprint.seed, stream));
    let done = false;
    while (!done) {
      done = store.writeNow(() => addSome(store, people));
    }
  }
  store.writeNow(() => store.set('organised', 'yes'));
}

/** Whether the store holds an organisation that was made to its end. */
export function isOrganised(store: Store): boolean {
  return store.setting('organised') === 'yes';
}

/** What the organisation in the store was made to, if one was begun. */
export function blueprintOf(store: Store): Blueprint | undefined {
  const text = store.setting('blueprint');
  return text === undefined ? undefined : blueprintShape.parse(JSON.parse(text));
}

/** The people of one account of the example organisation, as they would be put in a store. */
export function* examplePeople(blueprint: Blueprint, accountId: string): Generator<ChimeUser> {
  for (const [stream, plan] of plans(blueprint).entries()) {
    if (plan.account.AccountId === accountId) yield* everyone(plan, new Random(blueprint.seed, stream));
  }
}

/** Adds the next thousands of people; true when there are no more. */
function addSome(store: Store, people: Iterator<ChimeUser>): boolean {
  for (let added = 0; added < commitSize; added += 1) {
    const next = people.next();
    if (next.done) return true;
    store.addUser(next.value);
  }
  return false;
}

function plans({ team, enterprise, directory }: Blueprint): AccountPlan[] {
  return [
    {
      account: account(exampleAccounts.team, 'Harbour Books', 'Team', '2017-06-14T09:12:41.208Z'),
      domains: ['harbourbooks.example'],
      size: team,
      known: {
        place: 4,
        name: { display: 'Mona Brandt', given: 'mona', family: 'brandt' },
        license: 'Pro',
        state: accepted,
      },
      state: teamState,
    },
    {
      account: account(exampleAccounts.enterprise, 'Nordwind Group', 'EnterpriseLWA', '2017-11-02T13:40:05.731Z'),
      domains: ['nordwind.example', 'asia.nordwind.example', 'americas.nordwind.example'],
      size: enterprise,
      known: {
        place: 7,
        name: { display: 'Ana Silva', given: 'ana', family: 'silva' },
        license: 'Basic',
        state: joined,
      },
      state: enterpriseState,
    },
    {
      account: account(
        exampleAccounts.directory,
        'Meridian Clinics',
        'EnterpriseDirectory',
        '2018-04-23T07:55:19.004Z',
      ),
      domains: ['meridianclinics.example'],
      size: directory,
      known: {
        place: 2,
        name: { display: 'Ruth Adler', given: 'ruth', family: 'adler' },
        license: 'Pro',
        state: joined,
      },
      state: directoryState,
    },
  ];
}

function account(id: string, name: string, type: AccountType, created: string): ChimeAccount {
  return {
    AwsAccountId: '111122223333',
    AccountId: id,
    Name: name,
    AccountType: type,
    CreatedTimestamp: created,
    DefaultLicense: 'Pro',
    SupportedLicenses: ['Basic', 'Pro'],
    AccountStatus: 'Active',
    SigninDelegateGroups: [],
  };
}

function teamState(random: Random): State {
  if (random.chance(0.8)) return accepted;
  return { UserRegistrationStatus: 'Unregistered', UserInvitationStatus: random.chance(0.7) ? 'Pending' : 'Failed' };
}

function enterpriseState(random: Random): State {
  const drawn = random.below(100);
  if (drawn < 4) return { UserRegistrationStatus: 'Suspended' };
  if (drawn < 6) return { UserRegistrationStatus: 'Unregistered', UserInvitationStatus: 'Pending' };
  return { UserRegistrationStatus: 'Registered', UserInvitationStatus: drawn < 12 ? 'Accepted' : undefined };
}

function directoryState(random: Random): State {
  const drawn = random.below(100);
  if (drawn < 5) return { UserRegistrationStatus: 'Suspended' };
  return { UserRegistrationStatus: drawn < 8 ? 'Unregistered' : 'Registered' };
}

function* everyone(plan: AccountPlan, random: Random): Generator<ChimeUser> {
  const addresses = new Addresses();
  for (let place = 0; place < plan.size; place += 1) {
    if (place === plan.known.place) yield knownPerson(plan, random, addresses);
    else if (random.chance(0.02)) yield sharedDevice(plan, random, addresses);
    else yield person(plan, random, addresses);
  }
}

function knownPerson({ account, domains, known }: AccountPlan, random: Random, addresses: Addresses): ChimeUser {
  return {
    ...registered(account, random, known.state),
    PrimaryEmail: addresses.next(`${known.name.given}.${known.name.family}`, domains[0] ?? ''),
    DisplayName: known.name.display,
    LicenseType: known.license,
    UserType: 'PrivateUser',
  };
}

function person(plan: AccountPlan, random: Random, addresses: Addresses): ChimeUser {
  const state = plan.state(random);
  const name = someoneElse(plan, random);
  const PrimaryEmail = addresses.next(localPart(name, random), random.pick(plan.domains));
  const LicenseType = license(random);
  if (state.UserRegistrationStatus === 'Unregistered') {
    return { ...blank(plan.account, random, state), PrimaryEmail, LicenseType: plan.account.DefaultLicense };
  }
  return {
    ...registered(plan.account, random, state),
    PrimaryEmail,
    DisplayName: name.display,
    LicenseType,
    UserType: 'PrivateUser',
  };
}

/** The people known by name are there once, so nobody else is called like one of them. */
function someoneElse(plan: AccountPlan, random: Random): PersonName {
  const name = personName(random);
  const { given, family } = plan.known.name;
  return name.given === given && name.family === family ? someoneElse(plan, random) : name;
}

function sharedDevice({ account, domains }: AccountPlan, random: Random, addresses: Addresses): ChimeUser {
  const room = random.pick([
    'Fjord',
    'Atlas',
    'Kastanie',
    'Aurora',
    'Bosphorus',
    'Sakura',
    'Ceibo',
    'Baobab',
    'Meltemi',
  ]);
  const floor = 1 + random.below(12);
  return {
    ...registered(account, random, joined),
    PrimaryEmail: addresses.next(`room-${room.toLowerCase()}-${floor}`, random.pick(domains)),
    DisplayName: `${room} meeting room, floor ${floor}`,
    LicenseType: random.chance(0.7) ? 'Pro' : 'Basic',
    UserType: 'SharedDevice',
  };
}

/** Somebody invited who has not accepted: all Chime knows is the address. */
function blank({ AccountId }: ChimeAccount, random: Random, state: State): ChimeUser {
  return {
    UserId: random.uuid(),
    AccountId,
    ...state,
    InvitedOn: state.UserInvitationStatus ? moment(random, 2025, 1) : undefined,
  };
}

/** Somebody who registered at some time, and may have been invited before. */
function registered({ AccountId }: ChimeAccount, random: Random, state: State): ChimeUser {
  return {
    UserId: random.uuid(),
    AccountId,
    PrimaryProvisionedNumber: random.chance(0.08) ? phoneNumber(random) : undefined,
    ...state,
    InvitedOn: state.UserInvitationStatus ? moment(random, 2017, 1) : undefined,
    RegisteredOn: moment(random, 2018, 7),
    AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: random.chance(0.03) },
    PersonalPIN: random.digits(10),
  };
}

function license(random: Random): License {
  const drawn = random.below(1000);
  if (drawn < 560) return 'Basic';
  if (drawn < 945) return 'Pro';
  return drawn < 985 ? 'ProTrial' : 'Plus';
}

function localPart({ given, family }: PersonName, random: Random): string {
  const drawn = random.below(10);
  if (drawn < 7) return `${given}.${family}`;
  return drawn < 9 ? `${given.charAt(0)}.${family}` : `${given}${family.charAt(0)}`;
}

/** A number out of the range that is kept free for fiction. */
function phoneNumber(random: Random): string {
  return `+1${200 + random.below(790)}55501${random.digits(2)}`;
}

/** A moment in the `years` that begin with `year`. */
function moment(random: Random, year: number, years: number): string {
  const days = random.below(years * 365);
  return new Date(Date.UTC(year, 0, 1 + days) + random.below(86_400_000)).toISOString();
}

/** Hands out addresses: the second `olga.belov` of a domain is `olga.belov2`. */
class Addresses {
  readonly #taken = new Map<string, number>();

  next(local: string, domain: string): string {
    const wanted = `${local}@${domain}`;
    const taken = (this.#taken.get(wanted) ?? 0) + 1;
    this.#taken.set(wanted, taken);
    if (taken === 1) return wanted;
    return `${local}${/\d$/.test(local) ? '-' : ''}${taken}@${domain}`;
  }
}
