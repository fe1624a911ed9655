'use client';

import { memo, useDeferredValue, useId, useState } from 'react';
import type { WaitingInAccount } from '@/lib/batches/batch.ts';
import { type AccountLine, type AccountsOverview, totalsOf } from '@/lib/counts/overview.ts';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { shell } from '@/lib/texts/shell.ts';
import { plan } from '@/lib/texts/words.ts';
import { waitingPath } from '../batches/addresses.ts';
import { FreshnessNote } from '../licenses/freshness-note.tsx';
import { TallyLink } from '../licenses/tally-link.tsx';
import { Nothing, TableCard } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Icon } from '../ui/icon.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { AccountDot } from './account-dot.tsx';
import { matches } from './matching.ts';

/** So many accounts are seen at a glance. */
const fewAccounts = 5;

const cell =
  'px-3 py-2.5 text-end align-top max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:px-4 max-sm:py-1 max-sm:text-start max-sm:pointer-coarse:py-0';

/** Every account with its people per plan and how fresh that is, and all of them together. */
export function AccountsTable({ licenses, accounts, waiting }: AccountsOverview & { waiting: WaitingInAccount[] }) {
  const [search, setSearch] = useState('');
  const searchId = useId();
  const wanted = useDeferredValue(search);
  const found = accounts.filter((account) => matches(account, wanted));
  return (
    <>
      {accounts.length > fewAccounts && (
        <search className="relative mt-4 block max-w-105">
          <span className="pointer-events-none absolute top-2.75 start-3 text-faint">
            <Icon name="search" />
          </span>
          <label htmlFor={searchId} className="sr-only">
            {texts.accountsPage.search}
          </label>
          <input
            id={searchId}
            type="search"
            value={search}
            placeholder={texts.accountsPage.search}
            className="h-10 w-full rounded-lg border border-line-strong bg-sheet pe-3 ps-9 placeholder:text-faint pointer-coarse:h-11"
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <p role="status" className="sr-only">
            {wanted && texts.accountsPage.found(found.length)}
          </p>
        </search>
      )}
      <TableCard className="mt-4">
        {found.length === 0 ? (
          <Nothing title={texts.accountsPage.nothing(wanted)} />
        ) : (
          <DataTable
            name={texts.accountsPage.caption}
            columns={[
              { name: texts.accountsPage.account },
              ...[texts.accountsPage.people, ...licenses.map((license) => plan(license))].map((name) => ({
                name,
                isNumber: true,
              })),
              { name: texts.accountsPage.asOf },
            ].map((column) => ({ ...column, className: 'whitespace-nowrap' }))}
            cardsBelow="sm"
            spacing="manyNumbers"
          >
            {found.map((account) => (
              <Line
                key={account.id}
                account={account}
                licenses={licenses}
                waiting={waiting.find(({ accountId }) => accountId === account.id)}
              />
            ))}
            <Total
              name={wanted.trim() === '' ? texts.accountsPage.total : texts.accountsPage.totalFound(found.length)}
              licenses={licenses}
              {...totalsOf(found)}
            />
          </DataTable>
        )}
      </TableCard>
    </>
  );
}

const Label = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="font-normal text-quiet sm:hidden">
    {children}
  </span>
);

type LineProps = {
  account: AccountLine;
  licenses: (string | null)[];
  /** Batches that wait for the viewer's approval there. */
  waiting: WaitingInAccount | undefined;
};

const Line = memo(function Line({ account, licenses, waiting }: LineProps) {
  const { id, name, type, total, byLicense, freshness, directoryManaged } = account;
  return (
    <tr className="row-lines hover:bg-hover max-sm:block max-sm:py-3">
      <th scope="row" className="px-4 py-2.5 text-start align-top font-normal max-sm:block max-sm:py-0">
        <span className="flex items-baseline gap-2.5">
          <AccountDot id={id} />
          <span className="min-w-0">
            <SoftLink href={`/accounts/${id}/users`} className="text-act break-words">
              {name}
            </SoftLink>
            <span className="ms-2 text-small text-quiet">{shell.accountType(type)}</span>
            <span className="block text-small font-normal">
              <SoftLink href={`/accounts/${id}/licenses`} className="text-act me-4 font-normal! text-quiet">
                {texts.accountsPage.licenses}
                <span className="sr-only"> {name}</span>
              </SoftLink>
              <SoftLink href={`/accounts/${id}/audit`} className="text-act font-normal! text-quiet">
                {texts.accountsPage.audit}
                <span className="sr-only"> {name}</span>
              </SoftLink>
            </span>
            {waiting && (
              <span className="mt-1 flex items-center gap-1.5 text-small text-wait">
                <Icon name="group" size={14} />
                <SoftLink href={waitingPath(waiting)} className="text-act">
                  {shell.attention(waiting.batches, 0)}
                  <span className="sr-only"> {shell.inAccount(name)}</span>
                </SoftLink>
              </span>
            )}
            {directoryManaged && (
              <span className="mt-1 flex items-center gap-1.5 text-small text-quiet">
                <Icon name="group" size={14} />
                {texts.accountsPage.directory}
              </span>
            )}
          </span>
        </span>
      </th>
      <td className={cell}>
        <Label>{texts.accountsPage.people}</Label>
        <TallyLink accountId={id} tally={total} what={name} className="font-semibold!" />
      </td>
      {byLicense.map((tally, index) => {
        const license = plan(licenses[index] ?? null);
        return (
          <td key={license} className={cell}>
            <Label>{license}</Label>
            <TallyLink accountId={id} tally={tally} what={`${license}, ${name}`} />
          </td>
        );
      })}
      <td className="px-3 py-2.5 pe-4 text-start align-top text-small leading-6 max-sm:block max-sm:px-4 max-sm:py-1">
        <FreshnessNote freshness={freshness} everyone={total.people} />
      </td>
    </tr>
  );
});

type TotalProps = { name: string; licenses: (string | null)[] } & ReturnType<typeof totalsOf>;

function Total({ name, licenses, total, byLicense }: TotalProps) {
  return (
    <tr className="row-lines font-semibold max-sm:block max-sm:py-3">
      <th scope="row" className="px-4 py-2.5 text-start font-semibold max-sm:block max-sm:py-0">
        {name}
      </th>
      <td className={cell}>
        <Label>{texts.accountsPage.people}</Label>
        {number(total)}
      </td>
      {byLicense.map((people, index) => {
        const license = plan(licenses[index] ?? null);
        return (
          <td key={license} className={cell}>
            <Label>{license}</Label>
            {number(people)}
          </td>
        );
      })}
      <td className="max-sm:hidden" />
    </tr>
  );
}
