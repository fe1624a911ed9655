import type { License } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { planHelp } from '@/lib/texts/changes.ts';
import { columnName } from '@/lib/texts/files.ts';
import { plan as planName } from '@/lib/texts/words.ts';
import { fieldLook } from '../../ui/field.tsx';
import { Choice } from './choice.tsx';
import { columnsOf, type HandedIn, planColumnsOf } from './use-people-file.ts';

/** One plan for everybody, or for each person the one in a column of the file. */
export type Plan = License | 'file';

type PlanChoiceProps = {
  plans: License[];
  plan: Plan | null;
  /** The file, where people are chosen by one. */
  handedIn: HandedIn | null;
  onPlan: (plan: Plan) => void;
  onPlanColumn: (column: number) => void;
};

export function PlanChoice({ plans, plan, handedIn, onPlan, onPlanColumn }: PlanChoiceProps) {
  const columns = handedIn ? planColumnsOf(handedIn) : [];
  return (
    <>
      {handedIn && columns.length > 0 && (
        <>
          <Choice
            group="plan"
            isOn={plan === 'file'}
            onChoose={() => onPlan('file')}
            name={texts.newBatch.fromFile}
            help={texts.newBatch.fromFileHelp}
          />
          <div className="mb-2 ps-6.5">
            <select
              aria-label={texts.newBatch.planColumn}
              value={columnsOf(handedIn).license ?? ''}
              className={`${fieldLook} max-w-80`}
              onChange={({ currentTarget }) => {
                if (currentTarget.value !== '') onPlanColumn(Number(currentTarget.value));
              }}
            >
              <option value="">{texts.newBatch.choosePlanColumn}</option>
              {columns.map((index) => (
                <option key={index} value={index}>
                  {columnName(handedIn.understood.table, index)}
                </option>
              ))}
            </select>
          </div>
        </>
      )}
      {plans.map((license) => (
        <Choice
          key={license}
          group="plan"
          isOn={plan === license}
          onChoose={() => onPlan(license)}
          name={planName(license)}
          help={planHelp[license]}
        />
      ))}
      {handedIn && columns.length > 0 && plan !== null && plan !== 'file' && (
        <p role="status" className="mt-1 text-small text-quiet wrap-anywhere">
          {texts.newBatch.columnsNotUsed(
            columns.map((index) => columnName(handedIn.understood.table, index)),
            planName(plan),
          )}
        </p>
      )}
    </>
  );
}
