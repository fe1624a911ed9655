'use client';

import { longestSource } from '@/lib/costs/input.ts';
import { pricesPage as texts } from '@/lib/texts/costs.ts';
import { Button } from '../ui/button.tsx';
import { FieldLabel, fieldLook } from '../ui/field.tsx';
import { PriceTable } from './price-table.tsx';
import { type PricesProps, priceFields, usePrices } from './use-prices.ts';

const saidId = 'price-said';

/** Prices as an admin sees them: entered, and withdrawn. */
export function PriceForm(props: PricesProps) {
  const { prices, isBusy, complaint, said, form, enter, withdraw } = usePrices(props);
  return (
    <>
      <form ref={form} noValidate onSubmit={enter} className="mt-5 grid max-w-190 gap-x-5 gap-y-3 sm:grid-cols-2">
        {priceFields.map((field) => (
          <div key={field} className={`min-w-0 ${field === 'source' ? 'sm:col-span-2' : ''}`}>
            <FieldLabel htmlFor={`price-${field}`} isStrong>
              {texts[field]}
            </FieldLabel>
            <p id={`price-${field}-help`} className="text-small text-quiet">
              {texts.help[field]}
            </p>
            <input
              id={`price-${field}`}
              name={field}
              autoComplete="off"
              inputMode={field === 'perDay' || field === 'capPerMonth' ? 'decimal' : undefined}
              maxLength={field === 'source' ? longestSource : 40}
              aria-describedby={`price-${field}-help ${complaint?.field === field ? saidId : ''}`.trim()}
              aria-invalid={complaint?.field === field || undefined}
              className={`${fieldLook} mt-1`}
            />
          </div>
        ))}
        <div className="sm:col-span-2">
          <Button type="submit" look="loud" aria-disabled={isBusy || undefined}>
            {isBusy ? texts.entering : texts.enter}
          </Button>
        </div>
      </form>
      <p id={saidId} role="alert" className="mt-1 max-w-[72ch] text-bad">
        {complaint?.text}
      </p>
      <p role="status" className="my-2 min-h-5 text-quiet">
        {said || (prices.length === 0 && texts.none)}
      </p>
      {prices.length > 0 && <PriceTable prices={prices} onWithdraw={withdraw} />}
    </>
  );
}
