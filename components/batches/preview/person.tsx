import * as texts from '@/lib/texts/batches.ts';
import { Breakable } from '../../ui/breakable.ts';
import { SoftLink } from '../../ui/soft-link.tsx';

type PersonProps = {
  accountId: string;
  user: { id: string; name: string; email: string | null };
  /** What to call them among the people they stand with, so that no two are called the same. */
  called: string;
};

/** Somebody in a list of a batch, as the way to them in People, with what tells them from others of the same name. */
export function Person({ accountId, user: { id, name, email }, called }: PersonProps) {
  const isToldByName = name === email || name === id;
  const needsId = called.endsWith(`(${id})`) || (email === null && !isToldByName);
  return (
    <>
      <SoftLink
        href={`/accounts/${accountId}/users?q=${encodeURIComponent(id)}`}
        aria-label={texts.batchPeople.toPerson(called)}
        className="text-act font-medium! decoration-line-strong"
      >
        <Breakable text={name} />
      </SoftLink>
      {email && !isToldByName && (
        <span className="block text-small text-quiet">
          <Breakable text={email} />
        </span>
      )}
      {needsId && <span className="block text-small text-quiet">{texts.batchPeople.userId(id)}</span>}
    </>
  );
}
