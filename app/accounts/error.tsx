'use client';

/** Within the signed-in frame. */
export { Broken as default } from '@/components/shell/broken.tsx';
