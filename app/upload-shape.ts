import { z } from 'zod';
import { columnsFrom } from '@/lib/files/upload.ts';
import { chimeId } from '@/lib/id.ts';
import { delimiters, encodings, type ReadingChoices } from '@/lib/lists/file.ts';
import { plainText } from '@/lib/plain-text.ts';

/** A file of people that is handed in, and how it is to be read. */
export const uploadShape = z.object({
  accountId: chimeId,
  name: z
    .string()
    .max(1_000)
    .transform((name) => plainText(name).slice(0, 200).toWellFormed() || 'file'),
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  header: z.union([z.literal('none').transform(() => null), z.coerce.number().int().min(1).max(1e8)]).optional(),
  columns: z
    .string()
    .max(200)
    .transform((text, context) => {
      const columns = columnsFrom(text);
      if (!columns) context.addIssue('No such columns.');
      return columns;
    })
    .optional(),
});

/** How an operator wants a file to be read. */
export const choicesFrom = ({ encoding, delimiter, header, columns }: z.infer<typeof uploadShape>): ReadingChoices => ({
  encoding,
  delimiter,
  headerLine: header,
  columns,
});

/** The bytes of a request as they come in. */
export const bodyOf = (request: Request): AsyncIterable<Uint8Array> => request.body ?? nothing();

async function* nothing(): AsyncGenerator<Uint8Array> {}
