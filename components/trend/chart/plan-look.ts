import { licenses } from '@/lib/licenses/license.ts';

/** What a plan's line looks like: its place among the looks decides colour, dashes and shape together. */
const looks = [
  { colour: 'plan-1', dash: undefined, shape: 'circle' },
  { colour: 'plan-2', dash: '7 4', shape: 'square' },
  { colour: 'plan-3', dash: '2 3', shape: 'diamond' },
  { colour: 'plan-4', dash: '10 3 2 3', shape: 'triangle' },
  { colour: 'plan-5', dash: '1 4', shape: 'cross' },
  { colour: 'plan-6', dash: '14 4', shape: 'ring' },
] as const;

export type PlanLook = (typeof looks)[number];

/** As many lines as can be told apart. */
export const mostLines = looks.length;

const order: readonly string[] = ['Pro', ...licenses.filter((license) => license !== 'Pro')];

/** Always the same look for a plan that Chime documents; others take what is left, in their order. */
export function looksOf(plans: string[]): Map<string, PlanLook> {
  const found = new Map<string, PlanLook>();
  const free = new Set<PlanLook>(looks);
  for (const plan of plans) {
    const look = looks[order.indexOf(plan)];
    if (!look) continue;
    found.set(plan, look);
    free.delete(look);
  }
  for (const plan of plans) {
    const [next] = free;
    if (found.has(plan) || !next) continue;
    found.set(plan, next);
    free.delete(next);
  }
  return found;
}
