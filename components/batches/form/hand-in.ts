import { paramsOfChoices, type UploadAnswer } from '@/lib/files/upload.ts';
import { inputHeader } from '@/lib/input-header.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { ReadingChoices } from '@/lib/lists/file.ts';
import type { Result } from '@/lib/result.ts';
import { batchesData } from '../addresses.ts';

type Wish = { to: License | null; reason: string; until: { wall: string; zone: string } | undefined };

/** Hands a file in, to be read or, with a wish, for a preview. Nothing of it stays: each time the browser sends it again. */
export async function handIn(
  accountId: string,
  file: File,
  choices: ReadingChoices,
  wish: Wish | null,
): Promise<Result<UploadAnswer>> {
  const params = paramsOfChoices(choices);
  if (wish) {
    params.set('prepare', '1');
    params.set('reason', wish.reason);
    if (wish.to) params.set('to', wish.to);
    if (wish.until) {
      params.set('until', wish.until.wall);
      params.set('zone', wish.until.zone);
    }
  }
  const response = await send(accountId, file, params);
  const answer = await response.json();
  return response.ok ? { ok: true, value: answer } : { ok: false, failure: answer.failure };
}

/** Everything that is wrong with the lines of a file, as CSV. Throws where it could not be had. */
export async function askForComplaints(accountId: string, file: File, choices: ReadingChoices): Promise<Blob> {
  const params = paramsOfChoices(choices);
  params.set('report', '1');
  const response = await send(accountId, file, params);
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/csv')) {
    throw new Error(`The report was answered with ${response.status}`);
  }
  return response.blob();
}

/** As much of a file's name as is kept with its batch. */
const longestName = 200;

function send(accountId: string, file: File, params: URLSearchParams): Promise<Response> {
  params.set('name', file.name.slice(0, longestName).toWellFormed());
  return fetch(`${batchesData(accountId)}/upload`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', [inputHeader]: params.toString() },
    body: file,
  });
}
