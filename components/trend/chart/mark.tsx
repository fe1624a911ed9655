import type { PlanLook } from './plan-look.ts';

const outlines: Record<PlanLook['shape'], string> = {
  circle: 'M0-4.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  square: 'M-4-4h8v8h-8z',
  diamond: 'M0-5.5L5.5 0L0 5.5L-5.5 0z',
  triangle: 'M0-5L5.2 4H-5.2z',
  cross: 'M-4-4L4 4M4-4L-4 4',
  ring: 'M0-4a4 4 0 1 1 0 8a4 4 0 1 1 0-8z',
};

/** The shape of a plan, drawn around the point of origin. */
export function Mark({ look: { shape, colour } }: { look: PlanLook }) {
  const isOpen = shape === 'ring' || shape === 'cross';
  return <path d={outlines[shape]} className={`${colour} ${isOpen ? 'plan-outline' : 'plan-fill'}`} />;
}
