import { isDirectoryManaged } from '../accounts/account.ts';
import { findAccount } from '../accounts/store.ts';
import type { DraftEdit, Submitter } from '../batches/batch.ts';
import { type Batch, holdBatch } from '../batches/store.ts';
import type { Deps } from '../chime/deps.ts';
import type { Executor } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { isLicense } from '../licenses/license.ts';
import { chooseCandidate, type Draft, leaveOut, leaveOutAll, putBack, sealDraft, unchoose } from './store.ts';

/**
 * Corrects a preview and gives it the fingerprint of the list that it is then: what somebody has seen before cannot be
 * submitted any more. Refuses a preview of somebody else, one that has been submitted, somebody who is not among those
 * who may be meant, and somebody who is on the list already.
 */
export async function editDraft(
  { db, chime }: Pick<Deps, 'db' | 'chime'>,
  { accountId, batchId }: { accountId: string; batchId: string },
  edit: DraftEdit,
  by: Submitter,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const batch = await holdBatch(trx, accountId, batchId);
    if (batch?.operator_id !== by.operatorId) throw new Refusal('invalid', 'There is no such preview.');
    if (batch.state !== 'draft') throw new Refusal('invalid', 'This preview has already been submitted or discarded.');
    await applyEdit({ db: trx, chime }, batch, edit);
    await sealDraft(trx, batchId);
  });
}

type EditDeps = { db: Executor } & Pick<Deps, 'chime'>;

async function applyEdit(deps: EditDeps, batch: Batch, edit: DraftEdit): Promise<void> {
  const { db } = deps;
  switch (edit.kind) {
    case 'leave-out':
      return leaveOut(db, batch.id, edit.positions);
    case 'leave-out-all':
      return leaveOutAll(db, batch.id, edit.trait);
    case 'put-back':
      return putBack(db, batch.id, edit.positions);
    case 'unchoose':
      return unchoose(db, batch.id, edit.position);
    case 'choose': {
      const chosen = await chooseCandidate(db, await draftOf(deps, batch), edit);
      if (chosen === 'nobody') throw new Refusal('invalid', 'This person is not one of those this line could mean.');
      if (chosen === 'listed') throw new Refusal('invalid', 'This person is already on the list.');
    }
  }
}

/** A preview as it is put together, by what its account is now. */
async function draftOf(deps: EditDeps, batch: Batch): Promise<Draft> {
  const account = await findAccount(deps, batch.account_id);
  return {
    id: batch.id,
    accountId: batch.account_id,
    to: isLicense(batch.to_license) ? batch.to_license : null,
    reason: batch.reason,
    end: batch.end_at && batch.end_zone ? { at: batch.end_at, zone: batch.end_zone } : null,
    source: batch.source,
    supported: account?.supportedLicenses ?? [],
    isManaged: account !== undefined && isDirectoryManaged(account),
  };
}
