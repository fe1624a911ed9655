import * as texts from '@/lib/texts/licenses.ts';
import { common } from '@/lib/texts/words.ts';
import { TextButton } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** The numbers stay, and it is said that they are not the newest. */
export function NotReadAgain({ retry }: { retry: () => void }) {
  return (
    <div role="status" className="mt-4">
      <Notice tone="wait" acts={<TextButton onClick={() => retry()}>{common.retry}</TextButton>}>
        {texts.freshness.notReadAgain}
      </Notice>
    </div>
  );
}
