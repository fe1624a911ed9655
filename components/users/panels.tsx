'use client';

import { Suspense, useCallback, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { later } from '../ui/later.ts';
import type { PeopleList } from './data/people-list.ts';

const HistoryPanel = later(() => import('./person/history-panel.tsx'));
const KeysHelp = later(() => import('./shortcuts/keys-help.tsx'));

type OpenPanels = {
  history: { user: UserRow; name: string } | null;
  isHelpOpen: boolean;
  openHistory: (user: UserRow, name: string) => void;
  openHelp: () => void;
  closeHistory: () => void;
  closeHelp: () => void;
};

/** Which panels lie over the page. */
export function usePanels(): OpenPanels {
  const [history, setHistory] = useState<OpenPanels['history']>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  return {
    history,
    isHelpOpen,
    openHistory: useCallback((user, name) => setHistory({ user, name }), []),
    openHelp: useCallback(() => setHelpOpen(true), []),
    closeHistory: () => setHistory(null),
    closeHelp: () => setHelpOpen(false),
  };
}

type PanelsProps = { panels: OpenPanels; list: PeopleList; account: AccountView; canChange: boolean };

/** The history of a person, and the help of the keys. */
export function Panels({ panels, list: { listing, rows }, account, canChange }: PanelsProps) {
  const { history } = panels;
  const user = history && (rows.find((row) => row.user.id === history.user.id)?.user ?? history.user);
  return (
    <Suspense>
      {history && user && (
        <HistoryPanel
          user={user}
          askedAt={listing.askedAt}
          name={history.name}
          canNote={canChange}
          canChange={canChange && !account.directoryManaged}
          onClose={panels.closeHistory}
        />
      )}
      {panels.isHelpOpen && <KeysHelp onClose={panels.closeHelp} />}
    </Suspense>
  );
}
