import type { Permission } from '../../lib/operators/permissions.ts';
import type { Role } from '../../lib/operators/roles.ts';
import { account } from './door.ts';

/**
 * Who gets in where: every server action, every route and every page of the product, what each of them needs, and what each
 * kind of caller is told. `e2e/access/door.spec.ts` crosses all of it, and fails for what is missing here; `e2e/access/scope.spec.ts` does the same
 * with operators of another account.
 */

const batch = { accountId: account, batchId: '00000000-0000-4000-8000-000000000000' };
const change = { accountId: account, changeId: '00000000-0000-4000-8000-000000000000' };

/** What each action needs, and an input that is good, so that a refusal is about the caller. */
export const actions: Record<string, { needs: Permission; input: object }> = {
  addNote: { needs: 'licenses:change', input: { accountId: account, userId: 'a', note: 'Ticket 4711' } },
  approveBatch: { needs: 'batches:run', input: { ...batch, fingerprint: '0'.repeat(64) } },
  cancelChange: { needs: 'licenses:change', input: change },
  changeLicenses: {
    needs: 'licenses:change',
    input: { accountId: account, choices: [{ userId: 'a', from: 'Basic', to: 'Pro' }] },
  },
  checkChange: { needs: 'licenses:change', input: change },
  drawAgain: { needs: 'users:view', input: {} },
  editDraft: { needs: 'batches:run', input: { ...batch, edit: { kind: 'leave-out', positions: [1] } } },
  makeToken: { needs: 'tokens:make', input: { name: 'build server' } },
  enterPrice: {
    needs: 'prices:enter',
    // Read and refused for its cap, so that no price is left.
    input: { perDay: '3.00', capPerMonth: '1.00', currency: 'EUR', validFrom: '2026-11-01', source: 'Contract 4711' },
  },
  keepList: { needs: 'users:view', input: { accountId: account, text: 'a@nordwind.example\nb@nordwind.example' } },
  keepPlan: { needs: 'licenses:change', input: { accountId: account, userId: 'a', license: 'Pro' } },
  moveStart: { needs: 'batches:run', input: { ...batch, startAt: null } },
  prepareBatch: {
    needs: 'batches:run',
    input: { accountId: account, people: { kind: 'list', text: '' }, to: 'Pro', reason: 'Ticket 4711' },
  },
  refreshMirror: { needs: 'directory:refresh', input: { accountId: account } },
  removeEnding: { needs: 'licenses:change', input: { accountId: account, userId: 'a' } },
  removeView: { needs: 'users:view', input: { accountId: account, name: 'Pro' } },
  savePreferences: { needs: 'users:view', input: { columns: ['changed'], density: 'compact', pageSize: 50 } },
  revokeToken: { needs: 'tokens:make', input: { id: '00000000-0000-4000-8000-000000000000' } },
  saveView: { needs: 'users:view', input: { accountId: account, name: 'Pro', params: 'plan=Pro' } },
  setEnding: {
    needs: 'licenses:change',
    input: {
      accountId: account,
      userId: 'a',
      license: 'Pro',
      to: 'Basic',
      until: { wall: '2026-12-24T18:00', zone: 'Europe/Berlin' },
    },
  },
  signOutOthers: { needs: 'users:view', input: {} },
  steerBatch: { needs: 'batches:run', input: { ...batch, steer: 'pause' } },
  withdrawPrice: { needs: 'prices:enter', input: { id: '00000000-0000-4000-8000-000000000000' } },
  submitBatch: { needs: 'batches:run', input: { ...batch, fingerprint: '0'.repeat(64), startAt: null } },
};

/** Actions that end nothing but the caller's own session, and so ask nobody who they are. */
export const openActions = ['signOut'];

/** A period of which something is known, however short the product has been running. */
const justNow = () => `from=${new Date(Date.now() - 1).toISOString()}&until=2100-01-01T00:00:00Z`;

type Address = (accountId: string, userId: string) => string;

/** Every route below `app/api`, where it is asked, and what it needs. */
export const routes: Record<string, { needs: Permission; address: Address; method?: 'POST' }> = {
  'accounts/[accountId]/audit/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/audit/export?format=csv`,
  },
  'accounts/[accountId]/batches': {
    needs: 'batches:view',
    address: (accountId) => `/api/accounts/${accountId}/batches`,
  },
  'accounts/[accountId]/batches/[batchId]': {
    needs: 'batches:view',
    address: (accountId) => `/api/accounts/${accountId}/batches/${batch.batchId}`,
  },
  'accounts/[accountId]/batches/[batchId]/export': {
    needs: 'batches:view',
    address: (accountId) => `/api/accounts/${accountId}/batches/${batch.batchId}/export`,
  },
  'accounts/[accountId]/batches/[batchId]/items': {
    needs: 'batches:view',
    address: (accountId) => `/api/accounts/${accountId}/batches/${batch.batchId}/items`,
  },
  'accounts/[accountId]/batches/attention': {
    needs: 'batches:view',
    address: (accountId) => `/api/accounts/${accountId}/batches/attention`,
  },
  'accounts/[accountId]/batches/upload': {
    needs: 'batches:run',
    method: 'POST',
    address: (accountId) => `/api/accounts/${accountId}/batches/upload?name=people.csv`,
  },
  'accounts/[accountId]/changes': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/changes?ids=${change.changeId}`,
  },
  'accounts/[accountId]/connection': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/connection`,
  },
  'accounts/[accountId]/counts': { needs: 'users:view', address: (accountId) => `/api/accounts/${accountId}/counts` },
  'accounts/[accountId]/events': { needs: 'users:view', address: (accountId) => `/api/accounts/${accountId}/events` },
  'accounts/[accountId]/licenses': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/licenses`,
  },
  'accounts/[accountId]/trend/activity/upload': {
    needs: 'files:keep',
    method: 'POST',
    address: (accountId) => `/api/accounts/${accountId}/trend/activity/upload?name=hosts.csv&month=2026-11`,
  },
  'accounts/[accountId]/trend/cell/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/cell/export?${justNow()}&was=Basic&is=Pro`,
  },
  'accounts/[accountId]/trend/compare': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/compare?${justNow()}`,
  },
  'accounts/[accountId]/trend/compare/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/compare/export?${justNow()}`,
  },
  'accounts/[accountId]/trend/cost/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/cost/export`,
  },
  'accounts/[accountId]/trend/departments/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/departments/export`,
  },
  'accounts/[accountId]/trend/departments/upload': {
    needs: 'files:keep',
    method: 'POST',
    address: (accountId) => `/api/accounts/${accountId}/trend/departments/upload?name=departments.csv`,
  },
  'accounts/[accountId]/trend/step/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/step/export?${justNow()}`,
  },
  'accounts/[accountId]/trend/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/trend/export`,
  },
  'accounts/[accountId]/users': { needs: 'users:view', address: (accountId) => `/api/accounts/${accountId}/users` },
  'accounts/[accountId]/users/export': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/users/export`,
  },
  'accounts/[accountId]/users/elsewhere': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/users/elsewhere?q=silva`,
  },
  'accounts/[accountId]/users/near': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/users/near?q=silvva`,
  },
  'accounts/[accountId]/users/place': {
    needs: 'users:view',
    address: (accountId) => `/api/accounts/${accountId}/users/place?start=51`,
  },
  'accounts/[accountId]/users/[userId]': {
    needs: 'users:view',
    address: (accountId, userId) => `/api/accounts/${accountId}/users/${userId}`,
  },
  'accounts/[accountId]/users/[userId]/history': {
    needs: 'users:view',
    address: (accountId, userId) => `/api/accounts/${accountId}/users/${userId}/history`,
  },
};

/** Routes that are about no account. */
export const deskRoutes: Record<string, { needs: Permission; address: string }> = {
  accounts: { needs: 'users:view', address: '/api/accounts' },
  approvals: { needs: 'batches:view', address: '/api/approvals' },
  'audit/export': { needs: 'audit:view-all', address: '/api/audit/export?format=csv' },
  sessions: { needs: 'users:view', address: '/api/sessions' },
  'trend/cell/export': {
    needs: 'users:view',
    get address() {
      return `/api/trend/cell/export?${justNow()}&was=Basic&is=Pro`;
    },
  },
  'trend/compare': {
    needs: 'users:view',
    get address() {
      return `/api/trend/compare?${justNow()}`;
    },
  },
  'trend/compare/export': {
    needs: 'users:view',
    get address() {
      return `/api/trend/compare/export?${justNow()}`;
    },
  },
  'trend/cost/export': { needs: 'users:view', address: '/api/trend/cost/export' },
  'trend/step/export': {
    needs: 'users:view',
    get address() {
      return `/api/trend/step/export?${justNow()}`;
    },
  },
  'trend/export': { needs: 'users:view', address: '/api/trend/export' },
};

/** next-auth's own, which lets people in, and what answers where nothing is. */
export const openRoutes = ['[...path]', 'auth/[...nextauth]'];

const january = 'from=2026-01-01&to=2026-01-31';

/** Every page, and where it is. */
export const pages: Record<string, string> = {
  '.': '/',
  accounts: '/accounts',
  'accounts/prices': '/accounts/prices',
  'accounts/tokens': '/accounts/tokens',
  'accounts/trend': '/accounts/trend',
  'accounts/[accountId]/audit': `/accounts/${account}/audit`,
  'accounts/[accountId]/batches': `/accounts/${account}/batches`,
  'accounts/[accountId]/batches/[batchId]': `/accounts/${account}/batches/${batch.batchId}`,
  'accounts/[accountId]/batches/new': `/accounts/${account}/batches/new`,
  'accounts/[accountId]/licenses': `/accounts/${account}/licenses`,
  'accounts/[accountId]/trend/cell': `/accounts/${account}/trend/cell?${january}&was=Basic&is=Pro`,
  'accounts/[accountId]/trend/compare': `/accounts/${account}/trend/compare?${january}`,
  'accounts/[accountId]/trend/cost': `/accounts/${account}/trend/cost`,
  'accounts/[accountId]/trend/departments': `/accounts/${account}/trend/departments`,
  'accounts/[accountId]/trend/step': `/accounts/${account}/trend/step?${january}`,
  'accounts/[accountId]/trend': `/accounts/${account}/trend`,
  'accounts/[accountId]/users': `/accounts/${account}/users?q=silva`,
  'accounts/trend/cell': `/accounts/trend/cell?${january}&was=Basic&is=Pro`,
  'accounts/trend/compare': `/accounts/trend/compare?${january}`,
  'accounts/trend/cost': '/accounts/trend/cost',
  'accounts/trend/step': `/accounts/trend/step?${january}`,
  audit: '/audit',
};

/** Pages for whoever is not signed in. */
export const openPages = ['sign-in'];

export type Verdict = 'let in' | 'signed-out' | 'not-allowed' | 'wrong-origin' | 'unanswered';

const all = <One>(verdict: One): Record<Permission, One> => ({
  'users:view': verdict,
  'directory:refresh': verdict,
  'licenses:change': verdict,
  'batches:view': verdict,
  'batches:run': verdict,
  'audit:view-all': verdict,
  'prices:enter': verdict,
  'files:keep': verdict,
  'tokens:make': verdict,
});
const helpdesk: Record<Permission, Verdict> = {
  ...all('let in'),
  'audit:view-all': 'not-allowed',
  'batches:run': 'not-allowed',
  'prices:enter': 'not-allowed',
  'files:keep': 'not-allowed',
  'tokens:make': 'not-allowed',
};
const viewer: Record<Permission, Verdict> = { ...helpdesk, 'licenses:change': 'not-allowed' };

/** What each kind of caller is told, by what the action needs. `unanswered`: by Next or by proxy.ts, before the guard. */
export const verdictOnActions = {
  'a viewer': viewer,
  'a helpdesk operator': helpdesk,
  'an admin': all('let in'),
  'a helpdesk operator made a viewer a moment ago': viewer,
  'nobody in particular': all('signed-out'),
  'an operator who has been disabled': all('signed-out'),
  'a session that has been revoked': all('signed-out'),
  'a session older than 12 hours': all('signed-out'),
  'a session that nobody has used for half an hour': all('signed-out'),
  'a cookie made with another secret': all('signed-out'),
  'a cookie with its end changed': all('signed-out'),
  'the cookie as a bearer token': all('signed-out'),
  'a page without an Origin': all('wrong-origin'),
  'a page whose Origin is null': all('unanswered'),
  'a page of another site': all('unanswered'),
  'a page of another site that forges X-Forwarded-Host': all('unanswered'),
  'a foreign Host': all('unanswered'),
} satisfies Record<string, Record<Permission, Verdict>>;

export type CallerName = keyof typeof verdictOnActions;

/** The same for reading; browsers send no Origin with it, but say whether another site asks. */
export const verdictOnRoutes: Record<CallerName, Record<Permission, Verdict>> = {
  ...verdictOnActions,
  'a page without an Origin': all('let in'),
  'a page whose Origin is null': all('wrong-origin'),
  'a page of another site': all('wrong-origin'),
};

type Elsewhere = 'unknown-account' | 'not-allowed';

const hidden: Record<Permission, Elsewhere> = {
  ...all('unknown-account'),
  'audit:view-all': 'not-allowed',
  'prices:enter': 'not-allowed',
};

/**
 * What an operator is told, by role, who comes to an account that is not among theirs: that there is none, unless their role has no right
 * to it anywhere. What is about all accounts is not for an operator of some.
 */
export const verdictElsewhere: Record<Role, Record<Permission, Elsewhere>> = {
  viewer: { ...hidden, 'licenses:change': 'not-allowed', 'batches:run': 'not-allowed', 'files:keep': 'not-allowed' },
  helpdesk: { ...hidden, 'batches:run': 'not-allowed', 'files:keep': 'not-allowed' },
  admin: hidden,
};
