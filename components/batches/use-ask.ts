'use client';

import { useState } from 'react';
import type { FailureCode } from '@/lib/failures.ts';
import type { Result } from '@/lib/result.ts';
import { isOutdated } from '../live/outdated.ts';

/** `fetch` throws a TypeError where there was no answer at all; anything else is an answer that is not Carillon's. */
const isUnreachable = (error: unknown) => !navigator.onLine || error instanceof TypeError;

/** One thing at a time that a button asks of our server. An answer that is lost is told as one, and claims nothing. */
export function useAsk() {
  const [asking, setAsking] = useState<string | null>(null);
  const [refused, setRefused] = useState<FailureCode | null>(null);

  async function ask<T>(name: string, call: () => Promise<Result<T>>, then: (value: T) => unknown): Promise<void> {
    if (asking !== null) return;
    setAsking(name);
    setRefused(null);
    try {
      const result = await call();
      if (result.ok) await then(result.value);
      else setRefused(result.failure.code);
    } catch (error) {
      setRefused(isOutdated(error) ? 'outdated' : isUnreachable(error) ? 'offline' : 'no-answer');
    } finally {
      setAsking(null);
    }
  }
  return { asking, refused, ask };
}
