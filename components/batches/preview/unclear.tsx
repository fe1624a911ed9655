import type { ItemView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { plan } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Addresses } from '../../ui/addresses.tsx';
import { Breakable } from '../../ui/breakable.ts';
import { Button } from '../../ui/button.tsx';
import type { Editing } from './edits.tsx';

type UnclearProps = { item: ItemView; unclear: NonNullable<ItemView['unclear']>; editing: Editing | null };

/** Why it is not clear who a line means, and everybody who may be meant, to be chosen. */
export function Unclear({ item, unclear, editing }: UnclearProps) {
  const { candidates } = unclear;
  const called = calledAmong(candidates);
  const hasOwn = (email: string) => candidates.filter((one) => one.email === email).length === 1;
  return (
    <>
      <p>{texts.unclear.why(unclear)}</p>
      <ul aria-label={texts.unclear.candidates} className="mt-1 grid gap-2">
        {candidates.map(({ id, name, email, license }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="min-w-0 break-words">
              <span className="block font-medium">
                <Breakable text={name} />
              </span>
              <span className="block text-small text-quiet">
                <Addresses
                  text={[email === name ? null : email, texts.unclear.userId(id), plan(license)]
                    .filter((text) => text !== null)
                    .join(' · ')}
                />
              </span>
            </span>
            {editing && (
              <Button
                aria-label={texts.unclear.chooseOne(name, email && hasOwn(email) ? email : id)}
                aria-disabled={editing.isBusy || undefined}
                onClick={() =>
                  editing.edit(
                    { kind: 'choose', position: item.position, userId: id },
                    texts.unclear.chosen(called.get(id) ?? name),
                  )
                }
              >
                {texts.unclear.choose}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
