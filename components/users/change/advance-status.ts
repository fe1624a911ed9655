import type { Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import type { PageStatus } from './page-status.ts';

const enoughInARow = 3;

export type PageStatusEvent =
  | { type: 'online' | 'offline' | 'signed-out' | 'signed-in' }
  | { type: 'settled'; outcome: Outcome }
  | { type: 'refused'; failure: Failure }
  | { type: 'connection'; state: 'ok' | FailureCode; failure?: Failure };

export function advanceStatus(pageStatus: PageStatus, event: PageStatusEvent): PageStatus {
  switch (event.type) {
    case 'online':
      return pageStatus.online ? pageStatus : { ...pageStatus, online: true };
    case 'offline':
      return pageStatus.online ? { ...pageStatus, online: false } : pageStatus;
    case 'signed-out':
      return pageStatus.signedOut ? pageStatus : { ...pageStatus, signedOut: true };
    case 'signed-in':
      return pageStatus.signedOut ? { ...pageStatus, signedOut: false } : pageStatus;
    case 'refused':
      return hearFailure(pageStatus, event.failure);
    case 'settled':
      if (event.outcome.state === 'failed') return hearFailure(pageStatus, event.outcome.failure);
      if (event.outcome.state !== 'applied' || pageStatus.chime === 'retired') return pageStatus;
      return pageStatus.chime === 'ok' && pageStatus.unavailableInARow === 0 ? pageStatus : works(pageStatus);
    case 'connection':
      if (event.state === 'ok') return works(pageStatus);
      return event.state === 'unauthorized' || event.state === 'retired' || event.state === 'unavailable'
        ? { ...pageStatus, chime: event.state, failure: event.failure ?? pageStatus.failure }
        : pageStatus;
  }
}

const works = (pageStatus: PageStatus): PageStatus => ({
  ...pageStatus,
  chime: 'ok',
  failure: null,
  unavailableInARow: 0,
});

function hearFailure(pageStatus: PageStatus, failure: Failure): PageStatus {
  switch (failure.code) {
    case 'signed-out':
      return { ...pageStatus, signedOut: true };
    case 'not-allowed':
      return { ...pageStatus, revoked: true };
    case 'unauthorized':
    case 'retired':
      return { ...pageStatus, chime: failure.code, failure };
    case 'unavailable': {
      const unavailableInARow = pageStatus.unavailableInARow + 1;
      if (unavailableInARow < enoughInARow || pageStatus.chime !== 'ok') return { ...pageStatus, unavailableInARow };
      return { ...pageStatus, unavailableInARow, chime: 'unavailable', failure };
    }
    default:
      return failure.chime && pageStatus.unavailableInARow > 0 ? { ...pageStatus, unavailableInARow: 0 } : pageStatus;
  }
}
