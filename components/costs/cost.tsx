import type { ReactNode } from 'react';
import { costExportPath, costPath, pricesPath } from '@/lib/costs/address.ts';
import { decimal } from '@/lib/costs/price.ts';
import type { CostAnswer, CostView } from '@/lib/costs/view.ts';
import { costPage, costProblem, costSentence, priceWords } from '@/lib/texts/costs.ts';
import { money, number } from '@/lib/texts/formats.ts';
import type { DrawAgain } from '../live/use-draw-again.ts';
import { PrintButton } from '../trend/compare/print-button.tsx';
import { KeptDrawn } from '../trend/kept-drawn.tsx';
import { buttonLook } from '../ui/button.tsx';
import { cardLook } from '../ui/card.tsx';
import { Choices } from '../ui/choices.tsx';
import { HeadingBar, PageHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

type CostProps = {
  view: CostView;
  /** Whether any price has been entered. */
  hasPrices: boolean;
  mayEnter: boolean;
  drawAgain: DrawAgain;
  /** What an admin hands in: a file of hosted days. */
  children: ReactNode;
};

/** What Pro can cost in a calendar month: always a range, with what it assumes. */
export function Cost({ view, hasPrices, mayEnter, drawAgain, children }: CostProps) {
  const { account, month, months, zone, answer } = view;
  const accountId = account?.id ?? null;
  return (
    <>
      <KeptDrawn accountId={accountId} drawAgain={drawAgain} />
      <HeadingBar>
        <PageHeading>{account ? costPage.titleOf(account.name) : costPage.titleOfAll}</PageHeading>
        <div className="flex flex-wrap gap-2 print:hidden">
          <SoftLink href={pricesPath(accountId)} className={buttonLook.plain}>
            {costPage.prices}
          </SoftLink>
          {hasPrices && (
            <>
              <PrintButton />
              <a href={costExportPath(accountId)} download className={buttonLook.plain}>
                {costPage.csv}
              </a>
            </>
          )}
        </div>
      </HeadingBar>
      {hasPrices ? (
        <>
          <div className="mt-4 print:hidden">
            <Choices
              label={costPage.months}
              choices={months.map((one) => ({
                name: costPage.month(one),
                href: costPath(accountId, one),
                isCurrent: one === month,
              }))}
            />
          </div>
          {'problem' in answer ? (
            <div role="status" className="mt-6">
              <Notice tone="wait">{costProblem(answer.problem, zone)}</Notice>
            </div>
          ) : (
            <Answer month={month} zone={zone} answer={answer} />
          )}
        </>
      ) : (
        <div className="mt-4">
          <Notice
            tone="quiet"
            acts={
              mayEnter && (
                <SoftLink href={pricesPath(accountId)} className="text-act">
                  {costPage.enterPrice}
                </SoftLink>
              )
            }
          >
            {costPage.noPrice} {!mayEnter && costPage.askAdmin}
          </Notice>
        </div>
      )}
      {children}
      <OtherAccounts view={view} />
    </>
  );
}

function Answer({ month, zone, answer }: { month: string; zone: string; answer: CostAnswer }) {
  const { range, people, prices, asOf } = answer;
  return (
    <>
      <p className="mt-5 max-w-[72ch] text-heading leading-6.5">
        <span className="text-quiet">{costPage.inMonth(month)}</span> {costSentence(answer, zone)}
      </p>
      <dl
        aria-label={costPage.figures}
        className={`${cardLook} mt-5 grid max-w-140 grid-cols-[auto_minmax(0,1fr)] gap-x-6 px-4 py-2 max-sm:grid-cols-1`}
      >
        <Figure name={costPage.people}>{number(people)}</Figure>
        {range && (
          <>
            <Figure name={costPage.lowest}>{money(decimal(range.lowest, range.decimals), range.currency)}</Figure>
            <Figure name={costPage.highest}>{money(decimal(range.highest, range.decimals), range.currency)}</Figure>
          </>
        )}
        <Figure name={costPage.price}>
          {prices.length === 0
            ? costPage.priceNotKnown
            : prices.map((price) => (
                <span key={price.id} className="block">
                  {priceWords(price)} ({price.source})
                </span>
              ))}
        </Figure>
      </dl>
      <ul className="mt-4 max-w-[90ch] space-y-1 text-small text-quiet">
        {notesOf(answer, zone).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <p className="mt-3 max-w-[90ch] text-small text-faint">
        {costPage.asOf(asOf, zone)} {costPage.zone(zone)}
      </p>
    </>
  );
}

function notesOf(answer: CostAnswer, zone: string): string[] {
  const { range, hasTwoCaps, unpricedDays, days, later, madeUpUntil, hasGaps, activity } = answer;
  return [
    ...(range ? [`${costPage.assumption} ${hasTwoCaps ? costPage.twoCaps : costPage.cap}`] : []),
    ...(unpricedDays > 0 ? [costPage.unpriced(unpricedDays, days)] : []),
    ...activity.map((file) => costPage.activity(file, zone)),
    ...later.map(({ name, knownFrom }) => costPage.later(name, knownFrom, zone)),
    ...(madeUpUntil ? [costPage.madeUp(madeUpUntil, zone)] : []),
    ...(hasGaps ? [costPage.gaps] : []),
  ];
}

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="py-1.5 text-quiet">{name}</dt>
    <dd className="py-1.5 font-semibold sm:text-end">{children}</dd>
  </>
);

/** From all accounts to one of them, and back, with the same month. */
function OtherAccounts({ view: { account, accounts, month } }: { view: CostView }) {
  const ways = account === null ? accounts : [{ id: null, name: costPage.allAccounts }];
  return (
    <nav aria-label={costPage.accounts} className="mt-8 print:hidden">
      {account === null && <h2 className="text-large font-semibold">{costPage.accounts}</h2>}
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {ways.map(({ id, name }) => (
          <li key={id}>
            <SoftLink href={costPath(id, month)} className="text-act break-words">
              {name}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
