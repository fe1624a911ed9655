import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

const looks = {
  quiet: 'border-line bg-sheet text-quiet',
  wait: 'border-wait/40 bg-wait-soft text-wait',
  bad: 'border-bad/40 bg-bad-soft text-bad',
};

type NoticeProps = {
  tone: keyof typeof looks;
  icon?: 'warning' | 'lock' | 'group';
  acts?: ReactNode;
  children: ReactNode;
};

/** Something that concerns the whole page. */
export function Notice({ tone, icon = 'warning', acts, children }: NoticeProps) {
  return (
    <div className={`flex flex-wrap items-start gap-x-4 gap-y-2 rounded-xl border px-4 py-3 ${looks[tone]}`}>
      <span className="mt-0.5">
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1 basis-40">{children}</div>
      {acts && <div className="flex flex-wrap gap-x-4">{acts}</div>}
    </div>
  );
}
