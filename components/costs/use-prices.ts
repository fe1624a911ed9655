'use client';

import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { type PriceInput, type PriceProblem, readPrice } from '@/lib/costs/input.ts';
import type { Price } from '@/lib/costs/price.ts';
import { leftMixed } from '@/lib/costs/prices.ts';
import { plainText } from '@/lib/plain-text.ts';
import type { Result } from '@/lib/result.ts';
import { priceProblem, pricesPage as texts } from '@/lib/texts/costs.ts';
import { answerOf } from '../live/outdated.ts';

export type PricesProps = {
  initial: Price[];
  enterPrice(input: PriceInput): Promise<Result<Price[]>>;
  withdrawPrice(input: { id: string }): Promise<Result<Price[]>>;
};

export const priceFields = ['perDay', 'capPerMonth', 'currency', 'validFrom', 'source'] as const;
type Field = (typeof priceFields)[number];

/** The field to put right. */
function fieldOf(problem: PriceProblem): Field {
  if ('field' in problem) return problem.field;
  if (problem.code === 'unknown-currency') return 'currency';
  return problem.code === 'cap-below-day' ? 'capPerMonth' : 'validFrom';
}

/** The prices that there are, one that is being entered, and what is wrong with it. */
export function usePrices({ initial, enterPrice, withdrawPrice }: PricesProps) {
  const [prices, setPrices] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<{ field: Field | null; text: string } | null>(null);
  const [said, setSaid] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const goesBack = useRef(false);

  // The button that withdrew a price goes with it.
  useLayoutEffect(() => {
    if (goesBack.current && document.activeElement === document.body) focusOn(form.current, 'perDay');
    goesBack.current = false;
  });

  async function ask(request: () => Promise<Result<Price[]>>, done: () => void): Promise<void> {
    setBusy(true);
    const result = await answerOf(request());
    setBusy(false);
    if (!result.ok) {
      return setComplaint({ field: null, text: result.failure?.code === 'invalid' ? texts.elsewhere : texts.failed });
    }
    setComplaint(null);
    setPrices(result.value);
    done();
  }

  async function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    setSaid('');
    const input = inputOf(event.currentTarget);
    const read = readPrice(input, prices);
    if ('code' in read) {
      const field = fieldOf(read);
      focusOn(form.current, field);
      return setComplaint({ field, text: priceProblem(read) });
    }
    await ask(
      () => enterPrice(input),
      () => {
        setSaid(texts.saidEntered(read.terms.validFrom));
        form.current?.reset();
        focusOn(form.current, 'perDay');
      },
    );
  }

  async function withdraw({ id, validFrom }: Price) {
    if (isBusy) return;
    setSaid('');
    const mixed = leftMixed(prices, id);
    if (mixed) return setComplaint({ field: null, text: texts.leftMixed(mixed.month) });
    await ask(
      () => withdrawPrice({ id }),
      () => {
        setSaid(texts.saidWithdrawn(validFrom));
        goesBack.current = true;
      },
    );
  }

  return { prices, isBusy, complaint, said, form, enter, withdraw };
}

function inputOf(form: HTMLFormElement): PriceInput {
  const data = new FormData(form);
  const typed = (name: Field) => plainText(String(data.get(name) ?? '')).trim();
  return {
    perDay: typed('perDay'),
    capPerMonth: typed('capPerMonth'),
    currency: typed('currency'),
    validFrom: typed('validFrom'),
    source: typed('source'),
  };
}

function focusOn(form: HTMLFormElement | null, field: Field) {
  form?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
}
