'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, Suspense, useEffect, useState } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import { later } from '../../ui/later.ts';
import { LiveRegions } from '../announcements/live-regions.tsx';
import { StatusNotices } from '../notices/status-notices.tsx';
import { usePageStore } from '../page-store-context.tsx';
import { changesWithTime } from '../plan/message-life.ts';
import { NotSaved } from '../plan/not-saved.tsx';
import { pressPlanKey } from '../plan/plan-keys.ts';
import { PlanList } from '../plan/plan-list.tsx';
import { RowMessage } from '../plan/row-message.tsx';
import type { ChoosingProps } from '../selection/choosing.tsx';
import { SingleKeys } from '../shortcuts/single-keys-listener.tsx';
import { Matched } from '../table/row/matched.tsx';
import { rowView } from '../table/row/row-view.ts';
import { createChangeCommands } from './change-commands.ts';
import { ChangesPoll } from './changes-poll.tsx';
import { LeaveGuard } from './leave-guard.tsx';

const Choosing = later(() => import('../selection/choosing.tsx'));

const parts = { rowView, changesWithTime, RowMessage, StatusNotices };

type ChangePartsProps = { supported: License[]; onHelp: () => void } & ChoosingProps &
  Pick<ComponentProps<typeof NotSaved>, 'onSearch'>;

/** What making changes needs, beyond showing people: fetched when the operator does the first thing at the page. */
export default function ChangeParts({ supported, listing, rows, total, onHelp, onSearch }: ChangePartsProps) {
  const store = usePageStore();
  const client = useQueryClient();
  const [isReady, setReady] = useState(false);

  useEffect(() => {
    if (!store.engine())
      store.install({
        ...createChangeCommands(store, client),
        ...parts,
        pressPlanKey: (event, at) => pressPlanKey(store, event, at),
      });
    store.marks.set({ Matched });
    setReady(true);
    store.ask((engine) => engine.restore());
    const noteConnection = () =>
      store.ask((engine) => engine.dispatchStatus({ type: navigator.onLine ? 'online' : 'offline' }));
    noteConnection();
    window.addEventListener('online', noteConnection);
    window.addEventListener('offline', noteConnection);
    return () => {
      window.removeEventListener('online', noteConnection);
      window.removeEventListener('offline', noteConnection);
    };
  }, [store, client]);

  if (!isReady) return null;
  return (
    <>
      <PlanList supported={supported} />
      <ChangesPoll />
      <LeaveGuard />
      <NotSaved onSearch={onSearch} rowsKey={listing} />
      <LiveRegions />
      <SingleKeys onHelp={onHelp} />
      <Suspense>{store.chooses && <Choosing listing={listing} rows={rows} total={total} />}</Suspense>
    </>
  );
}
