'use client';

import * as texts from '@/lib/texts/changes.ts';
import { reasons } from '@/lib/texts/failures.ts';
import * as words from '@/lib/texts/words.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { isLocked } from '../change/page-status.ts';
import { canBeTriedAgain } from '../change/totals.ts';
import { useEngine, usePageStatus } from '../page-store-context.tsx';

/** All changes that are not saved, by what stopped them: to be tried again or put away together. */
export function NotSavedDialog({ count, onClose }: { count: number; onClose: () => void }) {
  const engine = useEngine();
  const pageStatus = usePageStatus();
  const causes = engine.notSavedByCause();
  const isOpen = !isLocked(pageStatus) && pageStatus.online && !pageStatus.signedOut;
  const toTry = isOpen ? causes.filter(canBeTriedAgain).flatMap(({ userIds }) => userIds) : [];

  function decide(act: (userIds: string[]) => void, userIds: string[]) {
    onClose();
    act(userIds);
  }

  return (
    <Dialog title={texts.notSaved.count(count)} closeLabel={words.common.close} onClose={onClose}>
      <ul className="divide-y divide-line">
        {causes.map((one) => (
          <li key={one.cause} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
            <span>{texts.notSaved.cause(one.userIds.length, one.cause === 'held' ? null : reasons[one.cause])}</span>
            <span className="flex gap-x-4">
              {isOpen && canBeTriedAgain(one) && (
                <TextButton onClick={() => decide(engine.againForAll, one.userIds)}>
                  {texts.notSaved.tryAgain(one.userIds.length)}
                </TextButton>
              )}
              <TextButton onClick={() => decide(engine.dismissAll, one.userIds)}>
                {texts.notSaved.dismiss(one.userIds.length)}
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
                engine.dismissAll,
                causes.flatMap(({ userIds }) => userIds),
              )
            }
          >
            {texts.notSaved.dismissAll}
          </Button>
          {toTry.length > 0 && (
            <Button look="loud" onClick={() => decide(engine.againForAll, toTry)}>
              {texts.notSaved.tryAll(toTry.length, count)}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}
