import { z } from 'zod';
import { operatorPost } from '@/app/guard/routes.ts';
import { takeValues } from '@/app/take-values.ts';
import { uploadShape } from '@/app/upload-shape.ts';
import { keepDepartments } from '@/lib/departments/keep-departments.ts';
import { deps } from '@/lib/deps.ts';

const shape = uploadShape.extend({
  keep: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** Reads a file of departments, and with `keep` keeps what it says. */
export const POST = operatorPost('files:keep', shape, (input, { request, ...actor }) =>
  takeValues(
    request,
    input,
    'departments',
    () => {},
    ({ matched, ...counts }) =>
      keepDepartments(
        deps().db,
        {
          ...{ accountId: input.accountId, name: input.name, ...counts },
          people: matched.map(({ userId, row }) => ({ userId, department: row.department ?? '' })),
        },
        actor,
      ),
  ),
);
