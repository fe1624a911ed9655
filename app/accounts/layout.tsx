import type { ReactNode } from 'react';
import { Frame } from '@/components/shell/frame.tsx';
import { Queries } from '@/components/shell/queries.tsx';
import { listAccountsWithPeople } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { openRestore } from '@/lib/restores/store.ts';
import { currentOperator } from '../guard/session.ts';
import { signOut, signOutOthers } from './actions.ts';

/**
 * The signed-in frame. Each page asks by itself who is there: a layout is not drawn anew when only the page changes, and
 * only the page knows the address that a stranger has to come back to.
 */
export default async function SignedIn({ children }: { children: ReactNode }) {
  const operator = await currentOperator();
  if (!operator) return children;
  const { db } = deps();
  const [accounts, restore] = await Promise.all([listAccountsWithPeople(db, operator.accounts), openRestore(db)]);
  return (
    <Queries>
      <Frame
        accounts={accounts}
        operator={{
          name: operator.name,
          role: operator.role,
          mayApprove: may(operator, 'batches:run'),
          mayMakeTokens: may(operator, 'tokens:make'),
        }}
        isRestored={restore !== undefined}
        signOut={signOut}
        signOutOthers={signOutOthers}
      >
        {children}
      </Frame>
    </Queries>
  );
}
