/** Where the pages and the data of batches are. */
export const batchesPath = (accountId: string, before?: string) =>
  `/accounts/${accountId}/batches${before === undefined ? '' : `?before=${before}`}`;
export const batchPath = (accountId: string, batchId: string) => `${batchesPath(accountId)}/${batchId}`;
export const newBatchPath = (accountId: string) => `${batchesPath(accountId)}/new`;
export const batchesData = (accountId: string, before?: string) => `/api${batchesPath(accountId, before)}`;
export const batchData = (accountId: string, batchId: string) => `/api${batchPath(accountId, batchId)}`;
