import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import { comparePath } from '@/lib/trend/address.ts';
import { dayOf } from '@/lib/trend/calendar.ts';
import { momentFrom } from '@/lib/trend/days.ts';
import type { ComparisonView } from '@/lib/trend/view.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Field, fieldLook } from '../../ui/field.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';

/** Which days are compared: a form that works before any script does, and whose address can be passed on. */
export function CompareForm({ view: { account, asked, ready, zone } }: { view: ComparisonView }) {
  const accountId = account?.id ?? null;
  const start = asked.from === null ? undefined : momentFrom(asked.from);
  return (
    <div className="mt-4 flex flex-wrap items-end gap-x-8 gap-y-3 print:hidden">
      <form
        key={JSON.stringify(asked)} // drawn again for other days: fields that nothing controls keep what was typed
        method="get"
        action={comparePath(accountId, { from: null, to: null })}
        className="flex flex-wrap items-end gap-3"
      >
        <Field label={texts.from} className="max-sm:w-full">
          <input
            type="date"
            name="from"
            required
            defaultValue={start ? dayOf(start, zone) : (asked.from ?? '')}
            className={fieldLook}
          />
        </Field>
        <Field label={texts.to} className="max-sm:w-full">
          <input type="date" name="to" required defaultValue={asked.to ?? ''} className={fieldLook} />
        </Field>
        <button type="submit" className={buttonLook.plain}>
          {texts.show}
        </button>
      </form>
      <nav aria-label={texts.periods} className="flex flex-wrap gap-x-5 gap-y-1">
        {ready.map(({ period, days }) => (
          <SoftLink
            key={period}
            href={comparePath(accountId, days)}
            aria-current={days.from === asked.from && days.to === asked.to ? 'page' : undefined}
            className="text-act min-h-8.5! font-normal! aria-[current]:font-semibold! aria-[current]:no-underline"
          >
            {texts.ready[period]}
          </SoftLink>
        ))}
      </nav>
    </div>
  );
}
