import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import { everyoneLine, planLines } from '@/lib/trend/matrix.ts';
import type { ComparisonAnswer } from '@/lib/trend/view.ts';

/** How each plan's count came from what it was to what it is, as one line that adds up. */
export function PlanLines({ answer }: { answer: ComparisonAnswer }) {
  const lines = planLines(answer);
  return (
    <section className="mt-6 print:mt-3">
      <h2 className="text-large font-semibold">{texts.lines}</h2>
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 print:mt-1 print:gap-y-0 max-sm:grid-cols-1 max-sm:gap-y-0">
        {lines.map((line) => (
          <Line key={line.license} name={texts.plan(line.license)} text={texts.equation(line)} />
        ))}
        {lines.length > 1 && <Line name={texts.everyone} text={texts.equation(everyoneLine(lines))} />}
      </dl>
    </section>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt className="text-quiet max-sm:mt-1">{name}</dt>
      <dd className="font-medium">{text}</dd>
    </>
  );
}
