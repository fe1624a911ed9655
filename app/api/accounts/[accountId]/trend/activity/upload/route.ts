import { z } from 'zod';
import { operatorPost } from '@/app/guard/routes.ts';
import { takeValues } from '@/app/take-values.ts';
import { uploadShape } from '@/app/upload-shape.ts';
import { keepActivity } from '@/lib/costs/keep-activity.ts';
import { daysIn, isMonth } from '@/lib/costs/month.ts';
import { deps } from '@/lib/deps.ts';
import { requireDaysWithin } from '@/lib/files/require-answers.ts';

const shape = uploadShape.extend({
  month: z.string().refine(isMonth),
  keep: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** Reads a file of hosted days of a month, and with `keep` keeps what it says. */
export const POST = operatorPost('files:keep', shape, ({ month, ...input }, { request, ...actor }) =>
  takeValues(
    request,
    input,
    'activity',
    (rows) => requireDaysWithin(rows, daysIn(month)),
    ({ matched, ...counts }) =>
      keepActivity(
        deps().db,
        {
          ...{ accountId: input.accountId, month, name: input.name, ...counts },
          days: matched.map(({ userId, row }) => ({ userId, days: row.days ?? 0 })),
        },
        actor,
      ),
  ),
);
