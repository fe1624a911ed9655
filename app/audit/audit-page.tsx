import { redirect } from 'next/navigation';
import { AuditList } from '@/components/audit/audit-list.tsx';
import { auditFilterFrom, paramsFromAuditFilter } from '@/lib/audit/filter.ts';
import { pageOfEntries } from '@/lib/audit/store.ts';
import { reading } from '@/lib/deps.ts';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

type AuditOf = {
  account: { id: string; name: string } | null;
  address: string;
  exportAddress: string;
  searchParams: SearchParams;
  /** Where the audit of all accounts is, for who may see it. */
  all: string | null;
};

/** The audit of one account or of all, narrowed by what the address says. */
export async function AuditOf({ account, address, exportAddress, searchParams, all }: AuditOf) {
  const given = new Map(Object.entries(await searchParams).flatMap(([name, value]) => single(name, value)));
  const filter = auditFilterFrom(given, account?.id ?? null);
  const params = paramsFromAuditFilter(filter);
  // A form sends its empty fields too: an address that is passed on says no more than it has to.
  if ([...given.values()].includes('')) redirect(withQuery(address, params));
  const before = sequenceFrom(given.get('before'));
  const { entries, next } = await reading(({ db }) => pageOfEntries(db, filter, before));
  return (
    <AuditList
      entries={entries}
      account={account}
      filter={filter}
      address={address}
      older={next && withQuery(address, params, { before: next })}
      newest={before ? withQuery(address, params) : null}
      exports={{
        csv: withQuery(exportAddress, params, { format: 'csv' }),
        jsonl: withQuery(exportAddress, params, { format: 'jsonl' }),
      }}
      all={all}
    />
  );
}

const single = (name: string, value: string | string[] | undefined): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : [];

function withQuery(address: string, params: URLSearchParams, more: Record<string, string> = {}): string {
  const all = new URLSearchParams([...params, ...Object.entries(more)]);
  return all.size > 0 ? `${address}?${all}` : address;
}

/** Where the page goes on from; what is not one of our sequence numbers begins at the newest entry. */
function sequenceFrom(text: string | undefined): string | undefined {
  return text !== undefined && /^[1-9]\d{0,17}$/.test(text) ? text : undefined;
}
