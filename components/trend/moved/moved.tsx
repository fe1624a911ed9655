import { comparePage, movedPage as texts } from '@/lib/texts/trend/comparison.ts';
import { comparePath } from '@/lib/trend/address.ts';
import { type MovedAsked, movedExportPath, movedPath } from '@/lib/trend/links.ts';
import type { MovedView } from '@/lib/trend/view.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Nothing, TableCard } from '../../ui/card.tsx';
import { HeadingBar, PageHeading } from '../../ui/heading.tsx';
import { LinkPager } from '../../ui/pager.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { PeriodFactsLines } from '../period-facts.tsx';
import { PeriodProblem } from '../period-problem.tsx';
import { MovedTable } from './moved-table.tsx';

type MovedProps = {
  view: MovedView;
  /** Whether it is the first page. */
  isFirst: boolean;
};

/** The people behind a number of the counts over time: what they had, what they have, when, through what and why. */
export function Moved({ view, isFirst }: MovedProps) {
  const { account, asked, zone, answer } = view;
  const accountId = account?.id ?? null;
  const days = asked.of === 'cell' ? asked.days : null;
  if ('problem' in answer) {
    return (
      <>
        <Title>{texts.title}</Title>
        <PeriodProblem problem={answer.problem} accountId={accountId} zone={zone} />
      </>
    );
  }
  const { people, total, next } = answer;
  return (
    <>
      {days && (
        <SoftLink href={comparePath(accountId, days)} className="text-act print:hidden">
          {texts.compare}
        </SoftLink>
      )}
      <HeadingBar>
        <Title>{texts.heading(total, asked.of === 'step', narrowingOf(asked, view))}</Title>
        {total > 0 && (
          <a href={movedExportPath(accountId, asked)} download className={`${buttonLook.plain} print:hidden`}>
            {texts.exportCsv}
          </a>
        )}
      </HeadingBar>
      <p className="mt-1 text-quiet">{account?.name ?? comparePage.allAccounts}</p>
      <PeriodFactsLines facts={answer} day={days?.from ?? null} zone={zone} />
      <TableCard className="mt-5">
        {people.length === 0 ? (
          <Nothing title={texts.nobody}>{texts.nobodyHelp}</Nothing>
        ) : (
          <MovedTable people={people} zone={zone} isOfAll={account === null} />
        )}
      </TableCard>
      <LinkPager
        label={texts.pages}
        links={[
          { name: texts.first, to: isFirst ? null : movedPath(accountId, asked) },
          { name: texts.next, to: next === null ? null : movedPath(accountId, asked, next) },
        ]}
      />
    </>
  );
}

/** Said of an address that no link of ours has. */
export function BrokenMovedAddress() {
  return (
    <>
      <Title>{texts.title}</Title>
      <p className="mt-2 text-large text-quiet">{texts.broken}</p>
    </>
  );
}

const Title = ({ children }: { children: React.ReactNode }) => (
  <PageHeading className="[overflow-wrap:anywhere]">{children}</PageHeading>
);

/** What the people listed have in common, part by part. */
function narrowingOf(asked: MovedAsked, { answer }: MovedView): string[] {
  const people = 'problem' in answer ? [] : answer.people;
  const { operatorId, batchId } = asked.filter;
  const operator = people.find((one) => one.operator?.id === operatorId)?.operator;
  const batch = people.find((one) => one.batch?.id === batchId)?.batch;
  const who = [
    ...(operatorId === undefined ? [] : [texts.operator(operator?.name ?? operatorId)]),
    ...(batchId === undefined ? [] : [texts.batch(batch?.reason ?? null)]),
  ];
  if (asked.of === 'step') {
    const { direction, license, by } = asked.filter;
    return [texts.steps(direction, license), ...(by === undefined ? [] : [texts.by[by]]), ...who];
  }
  const { from, to, origin, domain, department, cameBack } = asked.filter;
  return [
    cameBack ? texts.cameBack : texts.went(from, to),
    ...(origin === undefined ? [] : [texts.origin[origin]]),
    ...who,
    ...(domain === undefined ? [] : [texts.domain(domain)]),
    ...(department === undefined ? [] : [texts.department(department)]),
  ];
}
