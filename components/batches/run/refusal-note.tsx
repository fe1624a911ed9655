import type { FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Marked } from '../../ui/marked.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Why what a button was pressed for was not done, beside the button. */
export function RefusalNote({ code, text }: { code: FailureCode | null; text?: string }) {
  return (
    <div role="alert">
      {code !== null && (
        <div className="mt-3">
          <Notice tone="bad">
            <Marked text={text ?? texts.refused[code] ?? texts.refused.other} />
          </Notice>
        </div>
      )}
    </div>
  );
}
