import { z } from 'zod';
import { downloadAudit } from '@/app/audit/download-audit.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { formats } from '@/lib/exports/export-entries.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId, format: z.enum(formats) }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, format, ...query }, caller) =>
  downloadAudit(caller, query, format, accountId),
);
