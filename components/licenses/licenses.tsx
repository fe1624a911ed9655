'use client';

import { type ReactNode, useCallback, useRef } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import { sharesOf } from '@/lib/counts/shares.ts';
import type { LicensesView, LicenseTable } from '@/lib/counts/table.ts';
import { noValue } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { userType } from '@/lib/texts/people.ts';
import { plan } from '@/lib/texts/words.ts';
import { type DrawAgain, useDrawAgain } from '../live/use-draw-again.ts';
import { useKeptFresh } from '../live/use-kept-fresh.ts';
import { useNews } from '../live/use-news.ts';
import { TableCard } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { PageHeading, PrintedAccount } from '../ui/heading.tsx';
import { FreshnessNote } from './freshness-note.tsx';
import { NotReadAgain } from './not-read-again.tsx';
import { RefreshButton, type RefreshMirror } from './refresh-button.tsx';
import { TallyLink } from './tally-link.tsx';

type LicensesProps = {
  drawn: LicensesView;
  refreshMirror: RefreshMirror;
  drawAgain: DrawAgain;
  /** How the numbers came about, drawn by the server: a sentence, and by plan what stands below its number. */
  trend: ReactNode;
  trendOf: Record<string, ReactNode>;
};

/** How many people have which plan: the numbers first, then what they are made of. */
export function Licenses({ drawn, refreshMirror, drawAgain, trend, trendOf }: LicensesProps) {
  const { id } = drawn.account;
  const { data, isFailed, refetch } = useKeptFresh(`/api/accounts/${id}/licenses`, drawn);
  const { draw, isBroken } = useDrawAgain(drawAgain);
  const drawnOf = useRef(data);
  const readAgain = useCallback(async () => {
    const { data: now, isSuccess } = await refetch();
    if (!isSuccess || now === drawnOf.current) return;
    drawnOf.current = now;
    await draw();
  }, [refetch, draw]);
  const tryAgain = async () => {
    const { isSuccess } = await refetch();
    if (isSuccess) await draw();
  };
  useNews(id, readAgain);
  const { account, freshness, table } = data;
  const everyone = table.total.people;
  const perPlan = table.rows.map(({ license, total }): [string | null, number] => [license, total.people]);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <PageHeading>{texts.licensesPage.title}</PageHeading>
        <div className="flex flex-wrap items-baseline gap-x-4">
          <FreshnessNote freshness={freshness} everyone={everyone} />
          {!freshness.syncing && freshness.failure?.code !== 'retired' && (
            <RefreshButton accountId={id} refreshMirror={refreshMirror} onAsked={refetch} />
          )}
        </div>
      </div>
      <PrintedAccount name={account.name} />
      <p className="sr-only">{texts.licensesPage.summary(account.name, everyone, perPlan)}</p>
      {(isFailed || isBroken) && <NotReadAgain retry={tryAgain} />}
      <PlanNumbers accountId={account.id} table={table} trendOf={trendOf} />
      {trend}
      <StatusTable account={account} table={table} />
      {table.byType.length > 1 && <UserTypes accountId={account.id} table={table} />}
      <p className="mt-6 max-w-[72ch] text-small text-quiet">{texts.licensesPage.notABill}</p>
    </>
  );
}

type PlanNumbersProps = { accountId: string; table: LicenseTable; trendOf: LicensesProps['trendOf'] };

function PlanNumbers({ accountId, table, trendOf }: PlanNumbersProps) {
  const shares = sharesOf(table.rows.map(({ total }) => total.people));
  return (
    <dl
      aria-label={texts.licensesPage.perPlan}
      className="mt-6 grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]"
    >
      {table.rows.map(({ license, total }, index) => (
        <div key={license} className="flex max-w-88 flex-col">
          <dt className="order-2 text-quiet">
            {plan(license)}
            <span className="ms-2 text-faint">{texts.licensesPage.share(total.people, shares[index] ?? 0)}</span>
          </dt>
          <dd className="order-1 text-number leading-12 font-semibold tracking-[-0.02em]">
            <TallyLink
              accountId={accountId}
              tally={total}
              what={plan(license)}
              className="font-semibold! decoration-2 underline-offset-8"
            />
          </dd>
          {trendOf[license ?? noValue]}
        </div>
      ))}
    </dl>
  );
}

const cell =
  'px-4 py-2.5 text-end max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:py-1 max-sm:text-start max-sm:pointer-coarse:py-0';

function StatusTable({ account, table }: { account: AccountView; table: LicenseTable }) {
  const { statuses, rows, total, byStatus } = table;
  const statusName = (index: number) => texts.licensesPage.status(statuses[index] ?? '');
  const row = (name: string, all: LicenseTable['total'], parts: LicenseTable['byStatus'], isTotal = false) => (
    <tr key={name} className={`row-lines hover:bg-hover max-sm:block max-sm:py-3 ${isTotal ? 'font-semibold' : ''}`}>
      <th scope="row" className="px-4 py-2.5 text-start font-semibold max-sm:block max-sm:py-0">
        {name}
      </th>
      {parts.map((tally, index) => (
        <td key={statuses[index]} className={cell}>
          <span aria-hidden="true" className="font-normal text-quiet sm:hidden">
            {statusName(index)}
          </span>
          <TallyLink
            accountId={account.id}
            tally={tally}
            what={`${name}, ${statusName(index)}`}
            className={isTotal ? 'font-semibold!' : ''}
          />
        </td>
      ))}
      <td className={`${cell} font-semibold`}>
        <span aria-hidden="true" className="text-quiet sm:hidden">
          {texts.licensesPage.all}
        </span>
        <TallyLink accountId={account.id} tally={all} what={name} className="font-semibold!" />
      </td>
    </tr>
  );
  return (
    <TableCard>
      <DataTable
        name={texts.licensesPage.caption(account.name)}
        columns={[
          { name: texts.licensesPage.plan },
          ...[...statuses.map((status) => texts.licensesPage.status(status)), texts.licensesPage.all].map((name) => ({
            name,
            isNumber: true,
          })),
        ]}
        cardsBelow="sm"
        spacing="numbers"
      >
        {rows.map(({ license, total: all, byStatus: parts }) => row(plan(license), all, parts))}
        {row(texts.licensesPage.everyone, total, byStatus, true)}
      </DataTable>
    </TableCard>
  );
}

function UserTypes({ accountId, table }: { accountId: string; table: LicenseTable }) {
  return (
    <section className="mt-8">
      <h2 className="text-large font-semibold">{texts.licensesPage.types}</h2>
      <ul className="mt-2 flex flex-wrap gap-x-8 gap-y-1">
        {table.byType.map(({ userType: type, tally }) => (
          <li key={type} className="flex items-baseline gap-2">
            <span className="text-quiet">{userType(type)}</span>
            <TallyLink accountId={accountId} tally={tally} what={userType(type)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
