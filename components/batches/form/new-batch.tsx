'use client';

import { useSearchParams } from 'next/navigation';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Button } from '../../ui/button.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import type { PrepareBatch } from '../actions.ts';
import { batchesPath } from '../addresses.ts';
import { RefusalNote } from '../run/refusal-note.tsx';
import type { Matching } from './batch-form.ts';
import { Duration } from './duration.tsx';
import { Complaint, Group } from './group.tsx';
import { type KeptForm, previewIn, useKeptForm } from './kept-form.ts';
import { PeopleGroup } from './people-group.tsx';
import { PlanChoice } from './plan-choice.tsx';
import { ReasonField } from './reason-field.tsx';
import { useNewBatch } from './use-new-batch.ts';

export type NewBatchProps = {
  account: AccountView;
  matching: Matching | null;
  /** Whether the list of people has handed over who is ticked. */
  isTicked: boolean;
  prepareBatch: PrepareBatch;
};

/** The form for a batch: people, plan and reason. It leads to a preview, and is filled in again on the way back from it. */
export function NewBatch(props: NewBatchProps) {
  const kept = useKeptForm(previewIn(new URLSearchParams(useSearchParams())));
  return <Form key={kept?.batchId} {...props} kept={kept} />;
}

function Form({ account, matching, isTicked, prepareBatch, kept }: NewBatchProps & { kept: KeptForm | null }) {
  const state = useNewBatch({ accountId: account.id, matching, isTicked, prepareBatch, kept });
  const { form, put, missing, refused, isAsking } = state;
  return (
    <form noValidate onSubmit={state.submit} className="max-w-190">
      <PeopleGroup accountId={account.id} matching={matching} isTicked={isTicked} kept={kept} state={state} />
      <Group title={texts.newBatch.plan} field={state.fields.plans} describedBy="batch-plan-missing">
        <PlanChoice
          plans={account.supportedLicenses}
          plan={form.plan}
          handedIn={state.handedIn}
          onPlan={state.choosePlan}
          onPlanColumn={state.choosePlanColumn}
        />
        <Complaint id="batch-plan-missing" text={missing.plan} />
      </Group>
      <Duration value={form.until} complaint={missing.until} onChange={(until) => put({ until })} />
      <ReasonField
        field={state.fields.reason}
        value={form.reason}
        complaint={missing.reason}
        onChange={(reason) => put({ reason })}
      />
      <div className="mt-6 flex flex-wrap items-center gap-4">
        <Button type="submit" look="loud" aria-disabled={isAsking || undefined}>
          {isAsking ? texts.newBatch.preparing : texts.newBatch.preview}
        </Button>
        <SoftLink href={batchesPath(account.id)} className="text-act">
          {texts.batchPage.all}
        </SoftLink>
      </div>
      <RefusalNote code={refused} text={refused === 'invalid' ? texts.newBatch.nobodyChosen : undefined} />
    </form>
  );
}
