/** Where the pages and the data of batches are. */
export const batchesPath = (accountId: string) => `/accounts/${accountId}/batches`;
export const batchPath = (accountId: string, batchId: string) => `${batchesPath(accountId)}/${batchId}`;
export const newBatchPath = (accountId: string) => `${batchesPath(accountId)}/new`;
export const batchesData = (accountId: string) => `/api${batchesPath(accountId)}`;
export const batchData = (accountId: string, batchId: string) => `/api${batchPath(accountId, batchId)}`;
