'use client';

import * as texts from '@/lib/texts/batches.ts';
import { SectionHeading } from '../../ui/heading.tsx';
import { Marked } from '../../ui/marked.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { newBatchPath } from '../addresses.ts';
import { backPath, useKeptForm } from '../form/kept-form.ts';
import { Discard } from './discard.tsx';
import { Meaning, type MeaningProps } from './meaning.tsx';
import { MoveStart } from './move-start.tsx';
import { Submit } from './submit.tsx';
import { Waiting } from './waiting.tsx';

type PreviewProps = MeaningProps & { hasWorker: boolean };

/** What would be changed, and the way to start it: for its submitter, or for the second admin it waits for. */
export function Preview(props: PreviewProps) {
  const { batch, heading, account, canRun, isOwn } = props;
  const kept = useKeptForm(batch.id);
  if (batch.state === 'discarded') {
    return (
      <section className="mt-8">
        <SectionHeading ref={heading} tabIndex={-1}>
          {texts.preview.discarded}
        </SectionHeading>
      </section>
    );
  }
  return (
    <section aria-labelledby="batch-preview" className="mt-8">
      <SectionHeading id="batch-preview" ref={heading} tabIndex={-1}>
        {texts.preview.title}
      </SectionHeading>
      <p className="text-quiet">{texts.preview.lead}</p>
      <Meaning {...props} />
      {batch.state === 'draft' && batch.total > 0 && canRun && <Submit {...props} />}
      {kept && batch.state === 'draft' && (
        <p className="mt-4">
          <SoftLink href={backPath(account.id, kept)} className="text-act">
            {texts.preview.back}
          </SoftLink>
        </p>
      )}
      {batch.state === 'draft' && batch.total === 0 && (
        <div className="mt-4">
          <Notice
            tone="wait"
            acts={
              <SoftLink href={newBatchPath(account.id)} className="text-act">
                {texts.preview.choose}
              </SoftLink>
            }
          >
            <b>{texts.preview.nobody}</b> {texts.preview.nobodyHelp}
          </Notice>
        </div>
      )}
      {batch.state === 'waiting' && <Waiting {...props} isOwn={isOwn} />}
      {batch.state === 'scheduled' && (
        <>
          {!props.hasWorker && (
            <div className="mt-4">
              <Notice tone="wait">
                <Marked text={texts.progress.noWorker} />
              </Notice>
            </div>
          )}
          <p className="mt-4 max-w-[72ch]">{texts.preview.scheduledHelp}</p>
          {canRun && isOwn && <MoveStart {...props} />}
          {canRun && <Discard {...props} label={texts.preview.cancel} />}
        </>
      )}
    </section>
  );
}
