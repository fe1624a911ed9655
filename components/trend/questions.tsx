import type { QuestionKey } from '@/lib/search/questions.ts';
import * as filters from '@/lib/texts/filters.ts';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/trend/trend.ts';
import { SoftLink } from '../ui/soft-link.tsx';

type QuestionsProps = { accountId: string; answered: { key: QuestionKey; people: number; params: string }[] };

/** The ready-made questions with how many people answer each, as links to these people. */
export function Questions({ accountId, answered }: QuestionsProps) {
  return (
    <section className="mt-8 print:hidden">
      <h2 className="text-large font-semibold">{texts.trendPage.questions}</h2>
      <ul className="mt-2 grid gap-x-8 sm:grid-cols-2 xl:grid-cols-3">
        {answered.map(({ key, people, params }) => (
          <li key={key} className="border-b border-line">
            <SoftLink
              href={`/accounts/${accountId}/users?${params}`}
              className="flex min-h-9 items-center justify-between gap-4 px-1 hover:bg-hover pointer-coarse:min-h-11"
            >
              <span>{filters.questions.names[key]}</span>
              <span className="font-semibold">{number(people)}</span>
            </SoftLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
