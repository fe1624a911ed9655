'use server';

import { z } from 'zod';
import { type Actor, operatorAction, requireAccount } from '@/app/guard.ts';
import { wantSync } from '@/lib/accounts/store.ts';
import { applyChanges } from '@/lib/changes/apply-changes.ts';
import { cancelChange as cancel, outcomeOf } from '@/lib/changes/cancel-change.ts';
import { mostChoices } from '@/lib/changes/change.ts';
import { noteChange } from '@/lib/changes/note-change.ts';
import { checkChange as check } from '@/lib/changes/resolve-changes.ts';
import type { Requester } from '@/lib/changes/store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { licenses } from '@/lib/licenses/license.ts';

const choice = z.object({
  userId: chimeId,
  from: z.string().max(64).nullable(),
  to: z.enum(licenses),
  undoes: z.uuid().optional(),
});
const choices = z.object({ accountId: chimeId, choices: z.array(choice).min(1).max(mostChoices) });
const oneChange = z.object({ accountId: chimeId, changeId: z.uuid() });
const note = oneChange.extend({
  note: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => !text.includes('\0') && text.isWellFormed()),
});

const requester = ({ operator, requestId }: Actor): Requester => ({
  operatorId: operator.id,
  operatorName: operator.name,
  operatorRole: operator.role,
  requestId,
});

export const changeLicenses = operatorAction('licenses:change', choices, (input, actor) =>
  applyChanges(deps(), input.accountId, input.choices, requester(actor)),
);

export const cancelChange = operatorAction('licenses:change', oneChange, ({ accountId, changeId }) =>
  cancel(deps(), accountId, changeId),
);

export const checkChange = operatorAction('licenses:change', oneChange, async ({ accountId, changeId }) => {
  await check(deps(), accountId, changeId);
  return outcomeOf(deps(), accountId, changeId);
});

export const addNote = operatorAction('licenses:change', note, async (input, actor) => {
  await noteChange(deps(), input.accountId, input.changeId, input.note, requester(actor));
  return null;
});

export const refreshDirectory = operatorAction(
  'directory:refresh',
  z.object({ accountId: chimeId }),
  async ({ accountId }) => {
    await requireAccount(accountId);
    await wantSync(deps().db, accountId);
    return null;
  },
);
