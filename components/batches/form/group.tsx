import type { ReactNode, RefObject } from 'react';

type GroupProps = {
  title: string;
  field?: RefObject<HTMLFieldSetElement | null>;
  describedBy?: string;
  children: ReactNode;
};

/** A part of the form with a title of its own. */
export function Group({ title, field, describedBy, children }: GroupProps) {
  return (
    <fieldset ref={field} aria-describedby={describedBy} className="mt-6 min-w-0">
      <legend className="mb-1 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

/** What is missing or wrong in a part of the form, said as soon as it is. */
export function Complaint({ id, text }: { id: string; text: string | undefined }) {
  return (
    <p id={id} role="alert" className="text-bad">
      {text}
    </p>
  );
}
