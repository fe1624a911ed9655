import type { Columns } from '@/lib/files/file.ts';
import { textOfColumns, type UploadAnswer } from '@/lib/files/upload.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { Result } from '@/lib/result.ts';
import { batchesData } from './addresses.ts';

type Wish = { to: License | null; reason: string; until: { wall: string; zone: string } | undefined };

/** Hands a file in, to be read or, with a wish, for a preview. Nothing of it stays: each time the browser sends it again. */
export async function handIn(
  accountId: string,
  file: File,
  columns: Columns | null,
  wish: Wish | null,
): Promise<Result<UploadAnswer>> {
  const params = new URLSearchParams({ name: file.name });
  if (columns) params.set('columns', textOfColumns(columns));
  if (wish) {
    params.set('prepare', '1');
    params.set('reason', wish.reason);
    if (wish.to) params.set('to', wish.to);
    if (wish.until) {
      params.set('until', wish.until.wall);
      params.set('zone', wish.until.zone);
    }
  }
  const response = await fetch(`${batchesData(accountId)}/upload?${params}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer = await response.json();
  return response.ok ? { ok: true, value: answer } : { ok: false, failure: answer.failure };
}
