'use client';

import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@/lib/audit/entry.ts';
import { isLicense, type License } from '@/lib/licenses/license.ts';
import * as historyTexts from '@/lib/texts/history.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { EntryMoment } from '../../audit/entry-moment.tsx';
import { EntrySentence } from '../../audit/entry-sentence.tsx';
import { Button, TextButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ExactMoment } from '../../ui/exact-moment.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Marked } from '../../ui/marked.tsx';
import { knownLicense } from '../change/attempt-facts.ts';
import { readHistory } from '../data/later-reads.ts';
import { useAttempt, usePageStore } from '../page-store-context.tsx';
import { PersonActs } from './person-acts.tsx';

type HistoryPanelProps = {
  user: UserRow;
  /** When the row was asked for. */
  askedAt: number;
  name: string;
  canNote: boolean;
  canChange: boolean;
  onClose: () => void;
};

/** One person's changes: who, when, from what to what, and how it ended. */
export default function HistoryPanel({ user, askedAt, name, canNote, canChange, onClose }: HistoryPanelProps) {
  const { accountId, supported, ask } = usePageStore();
  const userId = user.id;
  const license = knownLicense(useAttempt(userId), { license: user.license, at: askedAt });
  const { data, isError, refetch } = useQuery({
    queryKey: ['history', accountId, userId],
    queryFn: ({ signal }) =>
      readHistory(accountId, userId, signal).catch((error) => {
        ask((engine) => engine.onReadError(error));
        throw error;
      }),
    staleTime: 0,
    retry: 1,
    refetchInterval: ({ state }) => (state.data?.open ? 2_000 : false),
  });
  const latest = data?.entries.find(isPlanChange);

  return (
    <Dialog title={texts.people.historyOf(name)} closeLabel={words.common.close} onClose={onClose} side>
      <PersonActs
        user={user}
        name={name}
        license={license}
        canNote={canNote}
        canChange={canChange}
        onDone={() => void refetch()}
      />
      {!data && !isError && (
        <p role="status" className="text-quiet">
          {historyTexts.history.loading}
        </p>
      )}
      {isError && (
        <div role="alert">
          <p className="mb-3 text-bad">{historyTexts.history.failed}</p>
          <Button onClick={() => refetch()}>{words.common.retry}</Button>
        </div>
      )}
      {data && data.entries.length === 0 && !data.open && <p className="text-quiet">{historyTexts.history.empty}</p>}
      {data && (
        <ol className="-mx-5 divide-y divide-line">
          {data.open && (
            <li className="flex gap-3 bg-wait-soft px-5 py-3">
              <span className="mt-0.5 text-wait">
                <Icon name={data.open.state === 'pending' ? 'clock' : 'question'} />
              </span>
              <div>
                <Marked
                  text={historyTexts.history.open(
                    data.open,
                    words.plan(data.open.from),
                    words.plan(data.open.to),
                    data.open.state,
                  )}
                />
                <When at={data.open.at} />
              </div>
            </li>
          )}
          {data.entries.map((entry) => (
            <Line key={entry.sequence} entry={entry}>
              {entry === latest && canChange && !data.open && (
                <SetBack userId={userId} name={name} entry={entry} supported={supported} onDone={onClose} />
              )}
            </Line>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

const isPlanChange = ({ action, outcome, outside }: AuditEntry) =>
  outcome === 'applied' && (['change', 'undo', 'ending', 'late'].includes(action) || outside?.fact === 'license');

function Line({ entry, children }: { entry: AuditEntry; children: React.ReactNode }) {
  const isDone = entry.outcome === 'applied';
  const isOutside = entry.action === 'outside';
  return (
    <li className="flex gap-3 px-5 py-3">
      <span className={`mt-0.5 ${isOutside ? 'text-wait' : isDone ? 'text-good' : 'text-bad'}`}>
        <Icon name={isOutside ? 'question' : isDone ? 'tick' : 'warning'} />
      </span>
      <div className="min-w-0 break-words">
        <EntrySentence entry={entry} />
        <div className="flex flex-wrap items-center gap-x-4">
          <div className="text-small text-faint">
            <EntryMoment entry={entry} />
          </div>
          {children}
        </div>
      </div>
    </li>
  );
}

const When = ({ at }: { at: string }) => (
  <div className="text-small text-faint">
    <ExactMoment at={at} />
  </div>
);

type SetBackProps = { userId: string; name: string; entry: AuditEntry; supported: License[]; onDone: () => void };

/** Undo stays possible here after the row has stopped offering it. */
function SetBack({ userId, name, entry, supported, onDone }: SetBackProps) {
  const store = usePageStore();
  const { action, from, to, changeId } = entry;
  if (!isLicense(from)) return null;
  if (!supported.includes(from)) {
    return <span className="text-small text-quiet">{historyTexts.history.noWayBack(words.plan(from))}</span>;
  }
  const undoes = (action === 'change' || action === 'undo') && changeId ? changeId : undefined;
  const setBack = () => {
    store.names.set(userId, name);
    store.ask((engine) => engine.choose(userId, to, from, undoes));
    onDone();
  };
  return (
    <TextButton className="text-small" onClick={setBack}>
      {historyTexts.history.setBack(words.plan(from))}
    </TextButton>
  );
}
