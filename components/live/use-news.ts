'use client';

import { useEffect } from 'react';
import { createThrottle } from '@/lib/live/throttle.ts';
import { listen } from './listen.ts';

const atMostEvery = 1_000;

/** Reads again, without loading the page, when something has happened in an account. */
export function useNews(accountId: string, readAgain: () => void) {
  useEffect(() => {
    const gate = createThrottle(atMostEvery, readAgain);
    let wasTurnedAway = false;
    const ear = listen(accountId, {
      hello({ missed }) {
        if (missed || wasTurnedAway) gate.trigger();
        wasTurnedAway = false;
      },
      changed: () => gate.trigger(),
      sync: () => gate.trigger(),
      // An answer that is no stream says nothing about itself here: a read hears why, as when the session has ended.
      lost(wasRefused) {
        if (!wasRefused) return;
        wasTurnedAway = true;
        gate.trigger();
      },
    });
    return () => {
      gate.close();
      ear.stop();
    };
  }, [accountId, readAgain]);
}
