import * as texts from '@/lib/texts/batches.ts';
import { SoftLink } from '../../ui/soft-link.tsx';
import type { Matching, Way } from './batch-form.ts';
import { Choice } from './choice.tsx';
import { FileChoice } from './file-choice.tsx';
import { Complaint, Group } from './group.tsx';
import { fileOf, type KeptForm } from './kept-form.ts';
import { ListField } from './list-field.tsx';
import type { NewBatchState } from './use-new-batch.ts';

type PeopleGroupProps = {
  accountId: string;
  matching: Matching | null;
  isTicked: boolean;
  kept: KeptForm | null;
  state: NewBatchState;
};

/** Whose plan is changed: the ways to say it, and the list or the file of the one that is chosen. */
export function PeopleGroup({ accountId, matching, isTicked, kept, state }: PeopleGroupProps) {
  const { form, put, file, missing, ticked, fields, chooseFile, takePlansFrom } = state;
  const { way, list } = form;
  return (
    <Group title={texts.newBatch.who}>
      {waysFor(matching, isTicked ? (ticked?.length ?? 0) : null).map(({ way: one, name }) => (
        <Choice key={one} group="way" isOn={way === one} onChoose={() => put({ way: one })} name={name} />
      ))}
      {way === 'filter' && <p className="mt-1 text-small text-quiet">{texts.newBatch.matchingHelp}</p>}
      {way === 'list' && (
        <ListField
          field={fields.list}
          value={list}
          isComplainedAbout={missing.who !== undefined}
          onChange={(pasted) => put({ list: pasted })}
        />
      )}
      {way === 'file' && kept?.fileName && file.handedIn === fileOf(kept) && (
        <p className="mt-2">
          {file.handedIn ? texts.newBatch.fileKept(kept.fileName) : texts.newBatch.fileGone(kept.fileName)}
        </p>
      )}
      {way === 'file' ? (
        <FileChoice
          accountId={accountId}
          input={fields.file}
          file={file}
          complaint={missing.who ?? null}
          onChoose={chooseFile}
          onPlanColumn={takePlansFrom}
        />
      ) : (
        <Complaint id="batch-who-missing" text={missing.who} />
      )}
      {!matching && !isTicked && (
        <p className="mt-3">
          <SoftLink href={`/accounts/${accountId}/users`} className="text-act">
            {texts.newBatch.toPeople}
          </SoftLink>
        </p>
      )}
    </Group>
  );
}

/** The ways there are to choose people; `ticked`: how many the list has handed over, null where none. */
function waysFor(matching: Matching | null, ticked: number | null): { way: Way; name: string }[] {
  const { everybody, matching: allMatching, ticked: theTicked, paste, file } = texts.newBatch;
  const ways: { way: Way; name: string }[] = [];
  if (matching) {
    const { words, people } = matching;
    ways.push({ way: 'filter', name: words === '' ? everybody(people) : allMatching(people, words) });
  }
  if (ticked !== null) ways.push({ way: 'ticked', name: theTicked(ticked) });
  return [...ways, { way: 'list', name: paste }, { way: 'file', name: file }];
}
