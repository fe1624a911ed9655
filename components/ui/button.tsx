import type { ComponentProps } from 'react';

const shape =
  'inline-flex items-center justify-center gap-2 min-h-8.5 pointer-coarse:min-h-11 rounded-lg border px-3.5 font-medium aria-disabled:opacity-60 disabled:opacity-60';

/** In forced colours, what a page is for stands out among its buttons by the system's own colours. */
const ownInForcedColors =
  'forced-color-adjust-none forced-colors:border-[Highlight] forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]';

export const buttonLook = {
  plain: `${shape} border-line-strong bg-sheet hover:bg-hover`,
  loud: `${shape} border-bell bg-bell text-bell-ink hover:opacity-90 ${ownInForcedColors}`,
};

type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof buttonLook };

export function Button({ look = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${buttonLook[look]} ${className}`} {...rest} />;
}

/** A word that acts, in running text. */
export function TextButton({ className = '', ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={`text-act ${className}`} {...rest} />;
}
