'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { usePageStore } from '../page-store-context.tsx';
import { followAccount } from './live.ts';
import type { Listing } from './users-query.ts';

/** Keeps the list up to date with what our server says of the account, from right after it was drawn. */
export default function Following({ listing }: { listing: Listing }) {
  const store = usePageStore();
  const client = useQueryClient();
  const current = useRef(listing);
  useEffect(() => {
    current.current = listing;
  }, [listing]);
  useEffect(() => followAccount(store, client, () => current.current), [store, client]);
  return null;
}
