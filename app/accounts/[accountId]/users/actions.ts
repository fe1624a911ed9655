'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/guard/actions.ts';
import { type Actor, requireAccount } from '@/app/guard/checks.ts';
import { untilShape } from '@/app/until.ts';
import { addNote as addNoteTo } from '@/lib/changes/add-note.ts';
import { cancelChange as cancel, outcomeOf } from '@/lib/changes/cancel-change.ts';
import { maxChoices } from '@/lib/changes/change.ts';
import { changeLicenses as change, type Hand, requireAllowance } from '@/lib/changes/change-licenses.ts';
import { removeEnding as removeEnd, setEnding as setEnd } from '@/lib/changes/endings/set-ending.ts';
import { keepPlan as keepAsIs } from '@/lib/changes/keep-plan.ts';
import { checkChange as check } from '@/lib/changes/resolve-changes.ts';
import { deps } from '@/lib/deps.ts';
import { Refusal } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';
import { licenses } from '@/lib/licenses/license.ts';
import { keepList as keep } from '@/lib/lists/keep-list.ts';
import { longestList } from '@/lib/lists/list.ts';
import { refreshMirror as refresh } from '@/lib/mirror/refresh-mirror.ts';
import { plainText } from '@/lib/plain-text.ts';
import { densities } from '@/lib/preferences/preferences.ts';
import { keepPreferences } from '@/lib/preferences/store.ts';
import { pageSizes } from '@/lib/search/filter.ts';
import { optionalColumns } from '@/lib/users/columns.ts';
import { forgetView, keepView, listViews } from '@/lib/views/store.ts';
import { maxViews, viewNameFrom, viewParamsFrom } from '@/lib/views/view.ts';

/** What PostgreSQL can take as it is; anything else is no plan, note or view. */
const text = z.string().refine((value) => !value.includes('\0') && value.isWellFormed());

const choice = z.object({
  userId: chimeId,
  from: text.max(64).nullable(),
  to: z.enum(licenses),
  undoes: z.uuid().optional(),
  changeId: z.uuid().optional(), // a page loaded before an upgrade may send none
});
const choices = z.object({ accountId: chimeId, choices: z.array(choice).min(1).max(maxChoices) });
const oneChange = z.object({ accountId: chimeId, changeId: z.uuid() });
const note = z.object({
  accountId: chimeId,
  userId: chimeId,
  changeId: z.uuid().optional(),
  note: text.transform(plainText).pipe(z.string().trim().min(1).max(500)),
});

const requester = ({ operator, requestId }: Actor): Hand => ({
  operatorId: operator.id,
  operatorName: operator.name,
  operatorRole: operator.role,
  requestId,
});

export const changeLicenses = operatorAction('change-plans', 'licenses:change', choices, (input, actor) =>
  change(deps(), input.accountId, input.choices, requester(actor), deps().settings.CHANGE_LIMITS),
);

export const cancelChange = operatorAction(
  'cancel-change',
  'licenses:change',
  oneChange,
  ({ accountId, changeId }, actor) => cancel(deps(), accountId, changeId, requester(actor)),
);

export const checkChange = operatorAction(
  'check-change',
  'licenses:change',
  oneChange,
  async ({ accountId, changeId }) => {
    await check(deps(), accountId, changeId);
    return outcomeOf(deps(), accountId, changeId);
  },
);

export const addNote = operatorAction('add-note', 'licenses:change', note, async (input, actor) => {
  await addNoteTo(deps(), input, requester(actor));
  return null;
});

export const refreshMirror = operatorAction(
  'refresh-directory',
  'directory:refresh',
  z.object({ accountId: chimeId }),
  async ({ accountId }) => {
    await requireAccount(accountId);
    return refresh(deps().db, accountId);
  },
);

export const keepList = operatorAction(
  'keep-list',
  'users:view',
  z.object({ accountId: chimeId, text: z.string().max(longestList) }),
  async ({ accountId, text }, { operator }) => {
    await requireAccount(accountId);
    return keep(deps().db, { accountId, text, createdBy: operator.id });
  },
);

const personIn = z.object({ accountId: chimeId, userId: chimeId });
const seen = text.max(64);
const end = personIn.extend({ license: seen, to: z.enum(licenses), until: untilShape });

export const setEnding = operatorAction(
  'set-ending',
  'licenses:change',
  end,
  async ({ until, license, to, ...whose }, actor) => {
    const { db, settings } = deps();
    await requireAllowance(db, requester(actor), settings.CHANGE_LIMITS);
    await setEnd(deps(), whose, { license, to, until }, requester(actor));
    return null;
  },
);

export const removeEnding = operatorAction('remove-ending', 'licenses:change', personIn, async (whose, actor) => {
  await removeEnd(deps(), whose, requester(actor));
  return null;
});

/** Leaves a plan as it is that did not end as planned, or that an earlier attempt has set late. */
export const keepPlan = operatorAction(
  'keep-plan',
  'licenses:change',
  personIn.extend({ license: seen }),
  async (whose, actor) => {
    await keepAsIs(deps(), whose, requester(actor));
    return null;
  },
);

const nameOfView = z
  .string()
  .max(1_000)
  .transform((text, context) => {
    const name = viewNameFrom(text);
    if (name === null) context.addIssue({ code: 'custom', message: 'no name for a view' });
    return name ?? z.NEVER;
  });
const view = z.object({
  accountId: chimeId,
  name: nameOfView,
  params: z.string().max(4_000).transform(viewParamsFrom),
});

/** Both answer with the views there are then. */
export const saveView = operatorAction(
  'save-view',
  'users:view',
  view,
  async ({ accountId, name, params }, { operator }) => {
    await requireAccount(accountId);
    if (!(await keepView(deps().db, operator.id, accountId, { name, params }))) {
      throw new Refusal('invalid', `There are ${maxViews} views already.`);
    }
    return listViews(deps().db, operator.id, accountId);
  },
);

export const removeView = operatorAction(
  'remove-view',
  'users:view',
  z.object({ accountId: chimeId, name: text.max(1_000) }),
  async ({ accountId, name }, { operator }) => {
    await requireAccount(accountId);
    await forgetView(deps().db, operator.id, accountId, name);
    return listViews(deps().db, operator.id, accountId);
  },
);

export const savePreferences = operatorAction(
  'save-preferences',
  'users:view',
  z.object({
    columns: z.array(z.enum(optionalColumns)).max(optionalColumns.length),
    density: z.enum(densities),
    pageSize: z.literal(pageSizes),
  }),
  async (preferences, { operator }) => {
    await keepPreferences(deps().db, operator.id, preferences);
    return null;
  },
);
