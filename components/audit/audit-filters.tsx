import { type AuditFilter, actions, outcomes, paramsFromAuditFilter } from '@/lib/audit/filter.ts';
import * as texts from '@/lib/texts/audit.ts';
import { buttonLook } from '../ui/button.tsx';
import { cardLook } from '../ui/card.tsx';
import { Field, fieldLook } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

type AuditFiltersProps = { filter: AuditFilter; address: string };

/** What the list is narrowed by: a form that works before any script does, and whose address can be passed on. */
export function AuditFilters({ filter, address }: AuditFiltersProps) {
  const on = paramsFromAuditFilter(filter).size;
  return (
    // Drawn anew for another filter: fields that nobody controls keep what was typed.
    <details key={String(paramsFromAuditFilter(filter))} open={on > 0} className={`${cardLook} group`}>
      <summary className="flex min-h-10.5 cursor-pointer list-none items-center gap-2 rounded-xl px-4 font-medium hover:bg-hover pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <span className="text-faint transition-transform group-open:rotate-180 motion-reduce:transition-none">
          <Icon name="down" size={14} />
        </span>
        {on === 0 ? texts.auditFilter.title : texts.auditFilter.on(on)}
      </summary>
      <form method="get" action={address} className="border-t border-line p-4">
        <AuditFields filter={filter} />
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <button type="submit" className={buttonLook.loud}>
            {texts.auditFilter.show}
          </button>
          {on > 0 && (
            <SoftLink href={address} className="text-act">
              {texts.auditFilter.clear}
            </SoftLink>
          )}
        </div>
      </form>
    </details>
  );
}

function AuditFields({ filter }: { filter: AuditFilter }) {
  return (
    <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
      <Field label={texts.auditFilter.person}>
        <input name="person" defaultValue={filter.person} maxLength={200} autoComplete="off" className={fieldLook} />
      </Field>
      <Field label={texts.auditFilter.operator}>
        <input
          name="operator"
          defaultValue={filter.operator}
          maxLength={200}
          autoComplete="off"
          className={fieldLook}
        />
      </Field>
      <Field label={texts.auditFilter.action}>
        <select name="action" defaultValue={filter.action ?? ''} className={fieldLook}>
          <option value="">{texts.auditFilter.anyAction}</option>
          {actions.map((action) => (
            <option key={action} value={action}>
              {texts.auditActions[action]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={texts.auditFilter.outcome}>
        <select name="outcome" defaultValue={filter.outcome ?? ''} className={fieldLook}>
          <option value="">{texts.auditFilter.anyOutcome}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {texts.auditOutcomes[outcome]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={texts.auditFilter.from}>
        <input type="date" name="from" defaultValue={filter.from ?? ''} className={fieldLook} />
      </Field>
      <Field label={texts.auditFilter.until}>
        <input type="date" name="until" defaultValue={filter.until ?? ''} className={fieldLook} />
      </Field>
      <Field label={texts.auditFilter.reason} className="sm:col-span-2">
        <input name="reason" defaultValue={filter.reason} maxLength={200} autoComplete="off" className={fieldLook} />
      </Field>
      <Field label={texts.auditFilter.request} className="sm:col-span-2">
        <input
          name="request"
          defaultValue={filter.request}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          className={`${fieldLook} font-mono text-small`}
        />
      </Field>
    </div>
  );
}
