import type { WaitingInAccount } from '@/lib/batches/batch.ts';

/** Which page of the list of batches, and whether the viewer's previews are among them. */
export type ListAsked = { before?: string | undefined; withPreviews?: boolean | undefined };

const queryOf = (params: Record<string, string>) => {
  const query = new URLSearchParams(params).toString();
  return query === '' ? '' : `?${query}`;
};

/** Where the pages and the data of batches are. */
export const batchesPath = (accountId: string, { before, withPreviews }: ListAsked = {}) =>
  `/accounts/${accountId}/batches${queryOf({ ...(before && { before }), ...(withPreviews && { previews: '1' }) })}`;
export const batchPath = (accountId: string, batchId: string) => `${batchesPath(accountId)}/${batchId}`;
/** Where a viewer approves what waits in an account: at the batch itself where there is only one. */
export const waitingPath = ({ accountId, only }: WaitingInAccount) =>
  only === null ? batchesPath(accountId) : batchPath(accountId, only);
export const newBatchPath = (accountId: string) => `${batchesPath(accountId)}/new`;
export const batchesData = (accountId: string, asked: ListAsked = {}) => `/api${batchesPath(accountId, asked)}`;
export const attentionData = (accountId: string) => `/api${batchesPath(accountId)}/attention`;
export const approvalsData = '/api/approvals';
/** Where those are listed whose plan was to end and did not. */
export const notEndedId = 'not-ended';
export const batchData = (accountId: string, batchId: string) => `/api${batchPath(accountId, batchId)}`;
