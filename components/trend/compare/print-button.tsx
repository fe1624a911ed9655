'use client';

import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import { Button } from '../../ui/button.tsx';

/** Paper is the same page without its controls. */
export const PrintButton = () => <Button onClick={() => window.print()}>{texts.print}</Button>;
