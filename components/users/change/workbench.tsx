'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, Suspense, useEffect, useRef, useState } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import { later } from '../../ui/later.ts';
import { LiveRegions } from '../announcements/live-regions.tsx';
import { hearAccount } from '../data/live.ts';
import { useDesk } from '../desk-context.tsx';
import { SiteNotices } from '../notices/site-notices.tsx';
import { isWorkedOn, ticksUntil } from '../plan/message-life.ts';
import { NotSaved } from '../plan/not-saved.tsx';
import { pressPlanKey } from '../plan/plan-keys.ts';
import { PlanList } from '../plan/plan-list.tsx';
import { RowMessage } from '../plan/row-message.tsx';
import type { ChoosingProps } from '../selection/choosing.tsx';
import { SingleKeys } from '../shortcuts/single-keys-listener.tsx';
import { Matched } from '../table/matched.tsx';
import { rowView } from '../table/row-view.ts';
import { ChangesPoll } from './changes-poll.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { createWork, type Work } from './work.ts';

const Choosing = later(() => import('../selection/choosing.tsx'));

const parts = { rowView, ticksUntil, isWorkedOn, pressPlanKey, RowMessage, SiteNotices };

/** What making changes needs, beyond showing people: fetched right after the list is drawn. */
export type Workbench = Work & typeof parts;

type WorkbenchPartsProps = { supported: License[]; onHelp: () => void } & ChoosingProps &
  Pick<ComponentProps<typeof NotSaved>, 'onSearch'>;

export default function WorkbenchParts({ supported, listing, rows, total, onHelp, onSearch }: WorkbenchPartsProps) {
  const desk = useDesk();
  const client = useQueryClient();
  const [isReady, setReady] = useState(false);

  useEffect(() => {
    if (!desk.bench()) desk.install({ ...createWork(desk, client), ...parts });
    desk.marks.set({ Matched });
    setReady(true);
    desk.ask((bench) => bench.restore());
    const tell = () => desk.ask((bench) => bench.tellSite({ type: navigator.onLine ? 'online' : 'offline' }));
    tell();
    window.addEventListener('online', tell);
    window.addEventListener('offline', tell);
    return () => {
      window.removeEventListener('online', tell);
      window.removeEventListener('offline', tell);
    };
  }, [desk, client]);

  const current = useRef(listing);
  useEffect(() => {
    current.current = listing;
  }, [listing]);
  useEffect(() => hearAccount(desk, client, () => current.current), [desk, client]);

  if (!isReady) return null;
  return (
    <>
      <PlanList supported={supported} />
      <ChangesPoll />
      <LeaveGuard />
      <NotSaved onSearch={onSearch} rowsKey={listing} />
      <LiveRegions />
      <SingleKeys onHelp={onHelp} />
      <Suspense>{desk.chooses && <Choosing listing={listing} rows={rows} total={total} />}</Suspense>
    </>
  );
}
