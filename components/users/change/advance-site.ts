import type { Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import type { Site } from './site.ts';

const enoughInARow = 3;

export type SiteEvent =
  | { type: 'online' | 'offline' | 'signed-out' | 'signed-in' }
  | { type: 'settled'; outcome: Outcome }
  | { type: 'refused'; failure: Failure }
  | { type: 'connection'; state: 'ok' | FailureCode; failure?: Failure };

export function advanceSite(site: Site, event: SiteEvent): Site {
  switch (event.type) {
    case 'online':
      return site.online ? site : { ...site, online: true };
    case 'offline':
      return site.online ? { ...site, online: false } : site;
    case 'signed-out':
      return site.signedOut ? site : { ...site, signedOut: true };
    case 'signed-in':
      return site.signedOut ? { ...site, signedOut: false } : site;
    case 'refused':
      return hearFailure(site, event.failure);
    case 'settled':
      if (event.outcome.state === 'failed') return hearFailure(site, event.outcome.failure);
      if (event.outcome.state !== 'applied' || site.chime === 'retired') return site;
      return site.chime === 'ok' && site.unavailableInARow === 0 ? site : works(site);
    case 'connection':
      if (event.state === 'ok') return works(site);
      return event.state === 'unauthorized' || event.state === 'retired' || event.state === 'unavailable'
        ? { ...site, chime: event.state, failure: event.failure ?? site.failure }
        : site;
  }
}

const works = (site: Site): Site => ({ ...site, chime: 'ok', failure: null, unavailableInARow: 0 });

function hearFailure(site: Site, failure: Failure): Site {
  switch (failure.code) {
    case 'signed-out':
      return { ...site, signedOut: true };
    case 'not-allowed':
      return { ...site, revoked: true };
    case 'unauthorized':
    case 'retired':
      return { ...site, chime: failure.code, failure };
    case 'unavailable': {
      const unavailableInARow = site.unavailableInARow + 1;
      if (unavailableInARow < enoughInARow || site.chime !== 'ok') return { ...site, unavailableInARow };
      return { ...site, unavailableInARow, chime: 'unavailable', failure };
    }
    default:
      return failure.chime && site.unavailableInARow > 0 ? { ...site, unavailableInARow: 0 } : site;
  }
}
