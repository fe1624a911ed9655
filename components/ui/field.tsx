import type { ComponentProps, ReactNode } from 'react';

/** The look of what is filled in or chosen from. */
export const fieldLook =
  'block min-h-8.5 w-full min-w-0 rounded-lg border border-line-strong bg-sheet px-2.5 py-1.5 text-ink aria-invalid:border-bad pointer-coarse:min-h-11';

type FieldProps = { label: string /** Of the label with its control. */; className?: string; children: ReactNode };

/** A control with its name above it. */
export function Field({ label, className = '', children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={`grid min-w-0 gap-1 text-small text-quiet ${className}`}>
      {label}
      {children}
    </label>
  );
}

type FieldLabelProps = {
  htmlFor: string /** Of what the whole form is about. */;
  isStrong?: boolean;
  children: string;
};

/** The name above a control that has more beside it, such as its help or a complaint. */
export function FieldLabel({ htmlFor, isStrong = false, children }: FieldLabelProps) {
  return (
    <label htmlFor={htmlFor} className={isStrong ? 'block font-semibold' : 'block text-small text-quiet'}>
      {children}
    </label>
  );
}

/** What a control is for, or takes; `aria-describedby` of the control names it. */
export function FieldHelp(props: ComponentProps<'p'> & { id: string }) {
  return <p className="mt-1 text-small text-quiet" {...props} />;
}
