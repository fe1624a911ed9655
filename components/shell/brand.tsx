import * as texts from '@/lib/texts/pages.ts';
import { Icon } from '../ui/icon.tsx';

export function Brand({ compact = false }: { compact?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 text-large font-semibold tracking-[-0.01em]">
      <span className="text-bell">
        <Icon name="bell" size={20} />
      </span>
      <span className={compact ? 'max-sm:sr-only @max-4xl/header:sr-only' : ''}>{texts.pages.brand}</span>
    </span>
  );
}
