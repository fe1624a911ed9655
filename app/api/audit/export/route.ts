import { z } from 'zod';
import { downloadAudit } from '@/app/audit/download-audit.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { formats } from '@/lib/exports/export-entries.ts';

/** Everything, so of no account: one that is named belongs to the other address. */
const shape = z.object({ format: z.enum(formats), accountId: z.never().optional() }).catchall(z.string());

export const GET = operatorRoute('audit:view-all', shape, async ({ format, accountId: _, ...query }, caller) =>
  downloadAudit(caller, query, format, null),
);
