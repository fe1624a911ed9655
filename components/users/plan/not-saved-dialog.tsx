'use client';

import { reasons } from '@/lib/texts/history.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { isLocked } from '../change/site.ts';
import { canBeTriedAgain } from '../change/tally.ts';
import { useBench, useSite } from '../desk-context.tsx';

/** All changes that are not saved, by what stopped them: to be tried again or put away together. */
export function NotSavedDialog({ count, onClose }: { count: number; onClose: () => void }) {
  const bench = useBench();
  const site = useSite();
  const causes = bench.notSavedByCause();
  const isOpen = !isLocked(site) && site.online && !site.signedOut;
  const toTry = isOpen ? causes.filter(canBeTriedAgain).flatMap(({ userIds }) => userIds) : [];

  function decide(act: (userIds: string[]) => void, userIds: string[]) {
    onClose();
    act(userIds);
  }

  return (
    <Dialog title={texts.people.notSaved(count)} closeLabel={words.common.close} onClose={onClose}>
      <ul className="divide-y divide-line">
        {causes.map((one) => (
          <li key={one.cause} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
            <span>
              {texts.people.notSavedCause(one.userIds.length, one.cause === 'held' ? null : reasons[one.cause])}
            </span>
            <span className="flex gap-x-4">
              {isOpen && canBeTriedAgain(one) && (
                <TextButton onClick={() => decide(bench.againForAll, one.userIds)}>
                  {texts.people.tryAgain(one.userIds.length)}
                </TextButton>
              )}
              <TextButton onClick={() => decide(bench.dismissAll, one.userIds)}>
                {texts.people.dismiss(one.userIds.length)}
              </TextButton>
            </span>
          </li>
        ))}
      </ul>
      {causes.length > 1 && (
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button
            onClick={() =>
              decide(
                bench.dismissAll,
                causes.flatMap(({ userIds }) => userIds),
              )
            }
          >
            {texts.people.dismissAll}
          </Button>
          {toTry.length > 0 && (
            <Button look="loud" onClick={() => decide(bench.againForAll, toTry)}>
              {texts.people.tryAll(toTry.length, count)}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}
