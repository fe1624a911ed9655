'use client';

import { densities } from '@/lib/preferences/preferences.ts';
import * as texts from '@/lib/texts/filters.ts';
import * as peopleTexts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { optionalColumns } from '@/lib/users/columns.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Look } from './use-preferences.ts';

const line = 'flex min-h-9 items-center gap-2.5 pointer-coarse:min-h-11';

/** Which columns the table has and how close its rows are: applied at once, kept for this operator. */
export default function ColumnsDialog({ look, onClose }: { look: Look; onClose: () => void }) {
  const { preferences, isLost, choose } = look;
  const { columns, density } = preferences;
  return (
    <Dialog title={texts.columns.title} closeLabel={words.common.close} onClose={onClose}>
      <fieldset>
        <legend className="font-semibold">{texts.columns.shown}</legend>
        <p className="mb-1 text-small text-faint">{texts.columns.always}</p>
        {optionalColumns.map((column) => (
          <label key={column} className={line}>
            <input
              type="checkbox"
              checked={columns.includes(column)}
              className="size-4 accent-bell pointer-coarse:size-5"
              onChange={({ currentTarget }) => {
                const isWanted = (one: typeof column) =>
                  one === column ? currentTarget.checked : columns.includes(one);
                choose({ ...preferences, columns: optionalColumns.filter(isWanted) });
              }}
            />
            {column === 'email' ? texts.columns.ownColumn : peopleTexts.columnNames[column]}
          </label>
        ))}
      </fieldset>
      <fieldset className="mt-4 border-t border-line pt-4">
        <legend className="float-start mb-1 font-semibold">{texts.columns.density}</legend>
        <div className="clear-both flex flex-wrap gap-x-6">
          {densities.map((one) => (
            <label key={one} className={line}>
              <input
                type="radio"
                name="density"
                checked={density === one}
                className="size-4 accent-bell pointer-coarse:size-5"
                onChange={() => choose({ ...preferences, density: one })}
              />
              {texts.columns.densities[one]}
            </label>
          ))}
        </div>
      </fieldset>
      {isLost && (
        <p role="alert" className="mt-3 text-bad">
          {texts.columns.failed}
        </p>
      )}
    </Dialog>
  );
}
