import type { AuditEntry } from '@/lib/audit/entry.ts';
import { type AuditFilter, isNarrowAudit } from '@/lib/audit/filter.ts';
import * as texts from '@/lib/texts/audit.ts';
import { plan, status } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Addresses } from '../ui/addresses.tsx';
import { Nothing, TableCard } from '../ui/card.tsx';
import { DataTable, textRow } from '../ui/data-table.tsx';
import { PageHeading } from '../ui/heading.tsx';
import { Icon } from '../ui/icon.tsx';
import { LinkPager } from '../ui/pager.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { EntryMoment } from './entry-moment.tsx';
import { EntrySentence } from './entry-sentence.tsx';

/** An entry beside the name of the account it is about. */
type ListedEntry = AuditEntry & { accountName: string | null };

export type AuditListProps = {
  entries: ListedEntry[];
  /** Null for the audit of all accounts. */
  account: { id: string; name: string } | null;
  filter: AuditFilter;
  address: string;
  /** Addresses of the page of older entries and of the newest ones; null where there is none. */
  older: string | null;
  newest: string | null;
  exports: { csv: string; jsonl: string };
  all: string | null;
};

/** Every attempt, newest first: when, what happened, how it ended, and the IDs by which it is found elsewhere. */
export function AuditList({ entries, account, filter, address, older, newest, exports, all }: AuditListProps) {
  const caption = account ? texts.auditPage.caption(account.name) : texts.auditPage.captionOfAll;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <PageHeading>{account ? texts.auditPage.title : texts.auditPage.all}</PageHeading>
        {all && (
          <SoftLink href={all} className="text-act">
            {texts.auditPage.all}
          </SoftLink>
        )}
      </div>
      <p className="mt-1 mb-5 text-quiet">{caption}</p>
      <div className="mb-3 flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72 max-lg:basis-full">
          <AuditFilters filter={filter} address={address} />
        </div>
        <Export exports={exports} isOfAll={account === null} />
      </div>
      <TableCard>
        {entries.length === 0 ? (
          <NoEntries isNarrow={isNarrowAudit(filter)} isOfAll={account === null} />
        ) : (
          <AuditTable entries={entries} caption={caption} isOfAll={account === null} />
        )}
      </TableCard>
      <LinkPager
        label={texts.auditPage.pages}
        links={[
          { name: texts.auditPage.newest, to: newest },
          { name: texts.auditPage.older, to: older },
        ]}
      />
    </>
  );
}

/** What the filters show, as files; beside them, since it is the same choice of entries. */
function Export({ exports, isOfAll }: { exports: AuditListProps['exports']; isOfAll: boolean }) {
  return (
    <section aria-labelledby="audit-export" className="max-w-full text-small text-quiet lg:max-w-104">
      <div className="flex min-h-10.5 flex-wrap items-center gap-x-4">
        <h2 id="audit-export" className="font-semibold text-ink">
          {texts.auditPage.export}
        </h2>
        {(['csv', 'jsonl'] as const).map((format) => (
          <a
            key={format}
            href={exports[format]}
            download
            className="text-act inline-flex items-center pointer-coarse:min-h-11"
          >
            {texts.auditPage[format]}
          </a>
        ))}
      </div>
      <p>
        {texts.auditPage.exportHelp} {isOfAll && texts.auditPage.verifyHelp}
      </p>
    </section>
  );
}

function NoEntries({ isNarrow, isOfAll }: { isNarrow: boolean; isOfAll: boolean }) {
  const nothing = isOfAll ? texts.auditPage.emptyOfAll : texts.auditPage.empty;
  return (
    <Nothing title={isNarrow ? texts.auditPage.noneFound : nothing}>
      {isNarrow ? texts.auditPage.noneFoundHelp : texts.auditPage.emptyHelp}
    </Nothing>
  );
}

const { row, first, cell } = textRow.lg;

type AuditTableProps = { entries: ListedEntry[]; caption: string; isOfAll: boolean };

function AuditTable({ entries, caption, isOfAll }: AuditTableProps) {
  return (
    <DataTable
      name={caption}
      columns={[
        { name: texts.auditPage.when, className: 'w-[17%]' },
        { name: texts.auditPage.what },
        { name: texts.auditPage.change, className: 'w-[17%]' },
        { name: texts.auditPage.outcome, className: 'w-[10%]' },
        { name: texts.auditPage.ids, className: 'w-[25%]' },
      ]}
      cardsBelow="lg"
      spacing="text"
      isFixed
    >
      {entries.map((entry) => (
        <tr key={entry.sequence} className={row}>
          <td className={`${cell} ${first} text-small leading-5 text-quiet`}>
            <EntryMoment entry={entry} />
          </td>
          <th scope="row" className={`${cell} text-start font-normal break-words`}>
            <EntrySentence entry={entry} isAmongMany />
            <Places entry={entry} entries={entries} isOfAll={isOfAll} />
          </th>
          <td className={`${cell} break-words`}>
            <BeforeAndAfter entry={entry} />
          </td>
          <td className={cell}>
            <Outcome entry={entry} />
          </td>
          <td className={`${cell} pe-2 font-mono text-micro leading-5 break-words text-quiet`}>
            <div>{texts.auditPage.entry(entry.sequence)}</div>
            <div>{entry.requestId}</div>
            {entry.awsRequestId && <div>{texts.auditPage.awsRequest(entry.awsRequestId)}</div>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** What the person is called on this page of entries: their earlier names are not taken for another person's. */
function calledIn(entries: ListedEntry[], person: NonNullable<AuditEntry['user']>): string {
  const others = entries.flatMap(({ user }) => (user && user.id !== person.id ? [user] : []));
  return calledAmong([...others, person]).get(person.id) ?? person.name;
}

type PlacesProps = { entry: ListedEntry; entries: ListedEntry[]; isOfAll: boolean };

/** Links to the person and the batch of the entry, and, among those of all accounts, to its account. */
function Places({ entry: { accountId, accountName, user, batch }, entries, isOfAll }: PlacesProps) {
  const hasAccount = isOfAll && accountId !== null;
  if (!accountId || (!hasAccount && !user && !batch)) return null;
  return (
    <div className="mt-0.5 flex flex-wrap gap-x-4 text-small">
      {hasAccount && (
        <SoftLink href={`/accounts/${accountId}/audit`} className="text-act">
          {accountName ?? accountId}
        </SoftLink>
      )}
      {user && (
        <SoftLink
          href={`/accounts/${accountId}/users?q=${encodeURIComponent(user.id)}`}
          className="text-act min-w-0 [overflow-wrap:anywhere]"
        >
          <span className="min-w-0">
            <Addresses text={texts.auditPage.showPerson(calledIn(entries, user))} />
          </span>
        </SoftLink>
      )}
      {batch && (
        <SoftLink href={`/accounts/${accountId}/batches/${batch.id}`} className="text-act">
          {texts.auditPage.showBatch}
        </SoftLink>
      )}
    </div>
  );
}

function BeforeAndAfter({ entry }: { entry: AuditEntry }) {
  const values = valuesOf(entry);
  if (!values) return null;
  const [before, after] = values.map((value) => value ?? texts.auditPage.nothing);
  return (
    <>
      <span className="sr-only">{texts.auditPage.before} </span>
      <span className="text-quiet">{before}</span>
      <span className="sr-only">, {texts.auditPage.after} </span>
      <span aria-hidden="true" className="px-1.5 text-faint">
        →
      </span>
      <span className={entry.outcome === 'failed' ? 'text-quiet line-through' : 'font-medium'}>{after}</span>
    </>
  );
}

/** What it was and what it became, or would have become; undefined for what changes nothing. */
function valuesOf({ action, from, to, outside }: AuditEntry): [string | null, string | null] | undefined {
  if (outside) {
    const word = { license: plan, joined: plan, left: plan, status, name: asIs, email: asIs }[outside.fact];
    const read = (value: string | null) => (value === null ? null : word(value));
    return [read(outside.was), read(outside.became)];
  }
  return ['change', 'undo', 'ending', 'late'].includes(action) ? [from && plan(from), to && plan(to)] : undefined;
}

const asIs = (value: string) => value;

function Outcome({ entry: { action, outcome } }: { entry: AuditEntry }) {
  const look =
    action === 'outside'
      ? ({ icon: 'question', word: texts.auditPage.seen, tone: 'text-wait' } as const)
      : outcome === 'applied'
        ? ({ icon: 'tick', word: texts.auditPage.done, tone: 'text-good' } as const)
        : ({ icon: 'warning', word: texts.auditPage.notDone, tone: 'text-bad' } as const);
  return (
    <span className={`inline-flex items-center gap-1.5 ${look.tone}`}>
      <Icon name={look.icon} size={14} />
      {look.word}
    </span>
  );
}
