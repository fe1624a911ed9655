import { type License, licenses } from '@/lib/licenses/license.ts';
import * as words from '@/lib/texts/words.ts';

export type PlanOption = { license: License; isOffered: boolean; isCurrent: boolean };

/** What the list offers: first what the account supports, then, greyed, what it does not. A trial only where it exists. */
export function planOptions(supported: License[], current: string | null): PlanOption[] {
  const options = licenses
    .map((license) => ({ license, isOffered: supported.includes(license), isCurrent: license === current }))
    .filter(({ license, isOffered, isCurrent }) => license !== 'ProTrial' || isOffered || isCurrent);
  return [...options.filter((o) => o.isOffered), ...options.filter((o) => !o.isOffered)];
}

/** The option a letter leads to, from the one after the present place on; options that can be chosen come first. */
export function optionForLetter(options: PlanOption[], labels: string[], letter: string, place: number): number | null {
  const wanted = letter.toLocaleLowerCase();
  const hits = options.flatMap((_, index) => (labels[index]?.toLocaleLowerCase().startsWith(wanted) ? [index] : []));
  const usable = hits.filter((index) => options[index]?.isOffered);
  const among = usable.length > 0 ? usable : hits;
  return among.find((index) => index > place) ?? among[0] ?? null;
}

export const planLabel = ({ license }: PlanOption) => words.plan(license);
