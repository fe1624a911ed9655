import type { AuditEntry } from '@/lib/audit/entry.ts';
import * as historyTexts from '@/lib/texts/history.ts';
import * as texts from '@/lib/texts/people.ts';
import { buttonLook } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Marked } from '../ui/marked.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { EntryMoment } from './entry-moment.tsx';

export type AuditListProps = {
  entries: AuditEntry[];
  accountName: string;
  /** Addresses of the page of older entries and of the newest ones; null where there is none. */
  older: string | null;
  newest: string | null;
};

/** Every attempt, newest first: when, what happened, how it ended, and the IDs by which it is found elsewhere. */
export function AuditList({ entries, accountName, older, newest }: AuditListProps) {
  return (
    <>
      <h1 className="text-[22px] leading-7 font-semibold tracking-[-0.015em]">{historyTexts.auditPage.title}</h1>
      <p className="mt-1 mb-5 text-quiet">{historyTexts.auditPage.caption(accountName)}</p>
      <div className="overflow-clip rounded-xl border border-line bg-sheet">
        {entries.length === 0 ? (
          <div className="px-6 py-14 text-center">
            <p className="text-[16px] font-semibold">{historyTexts.auditPage.empty}</p>
            <p className="mt-1 text-quiet">{historyTexts.auditPage.emptyHelp}</p>
          </div>
        ) : (
          <AuditTable entries={entries} accountName={accountName} />
        )}
      </div>
      {(older || newest) && (
        <nav aria-label={texts.people.pages} className="flex justify-end gap-2 pt-3.5">
          {newest && (
            <SoftLink href={newest} className={buttonLook.plain}>
              {historyTexts.auditPage.newest}
            </SoftLink>
          )}
          {older && (
            <SoftLink href={older} className={buttonLook.plain}>
              {historyTexts.auditPage.older}
            </SoftLink>
          )}
        </nav>
      )}
    </>
  );
}

const head = 'border-b border-line py-2 pr-4 text-left font-medium';
const cell = 'py-2.5 pr-4 align-top max-sm:block max-sm:py-0';

function AuditTable({ entries, accountName }: Pick<AuditListProps, 'entries' | 'accountName'>) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 max-sm:block">
      <caption className="sr-only">{historyTexts.auditPage.caption(accountName)}</caption>
      <thead className="text-[13px] text-faint max-sm:sr-only">
        <tr>
          <th scope="col" className={`${head} w-[20%] pl-4`}>
            {historyTexts.auditPage.when}
          </th>
          <th scope="col" className={head}>
            {historyTexts.auditPage.what}
          </th>
          <th scope="col" className={`${head} w-[11%]`}>
            {historyTexts.auditPage.outcome}
          </th>
          <th scope="col" className={`${head} w-[28%]`}>
            {historyTexts.auditPage.ids}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {entries.map((entry) => (
          <tr key={entry.sequence} className="row-lines hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-3">
            <td className={`${cell} pl-4 text-[13px] leading-5 text-quiet max-sm:pl-0`}>
              <EntryMoment entry={entry} />
            </td>
            <th scope="row" className={`${cell} text-left font-normal break-words`}>
              <Marked text={historyTexts.auditSentence(entry)} />
            </th>
            <td className={cell}>
              <Outcome entry={entry} />
            </td>
            <td className={`${cell} font-mono text-[12px] leading-5 break-all text-quiet`}>
              <div>{entry.requestId}</div>
              {entry.awsRequestId && <div>AWS {entry.awsRequestId}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ entry: { action, outcome } }: { entry: AuditEntry }) {
  const look =
    action === 'outside'
      ? ({ icon: 'question', word: historyTexts.auditPage.seen, tone: 'text-wait' } as const)
      : outcome === 'applied'
        ? ({ icon: 'tick', word: historyTexts.auditPage.done, tone: 'text-good' } as const)
        : ({ icon: 'warning', word: historyTexts.auditPage.notDone, tone: 'text-bad' } as const);
  return (
    <span className={`inline-flex items-center gap-1.5 ${look.tone}`}>
      <Icon name={look.icon} size={14} />
      {look.word}
    </span>
  );
}
