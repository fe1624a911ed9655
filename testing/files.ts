import { readPeopleFile } from '../lib/files/people-file.ts';
import type { FileUse, PeopleFile, ReadingChoices } from '../lib/lists/file.ts';

/** Bytes as they come in, piece by piece. */
export async function* pieces(bytes: Uint8Array, length = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** A file of people of that text (UTF-8) or those bytes, as it is read. */
export const readText = (text: string | Uint8Array, choices?: ReadingChoices, use?: FileUse): Promise<PeopleFile> =>
  readPeopleFile(pieces(Buffer.from(text)), choices, use);

/** What a line says of a person by an address alone. */
export const byEmail = (email: string) => ({ userId: null, email, upn: null });
