import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';

export function Definitions() {
  return (
    <section className="mt-8 max-w-[90ch] text-small text-quiet print:mt-3 print:max-w-none">
      <h2 className="font-semibold text-ink">{texts.terms}</h2>
      <dl className="mt-1 print:columns-2">
        {Object.values(texts.definitions).map(({ term, means }) => (
          <div key={term}>
            <dt className="me-1 inline font-medium text-ink">{term}:</dt>
            <dd className="inline">{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
