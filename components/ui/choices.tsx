import { SoftLink } from './soft-link.tsx';

type Choice = { name: string; href: string; isCurrent: boolean };

type ChoicesProps = { label: string; choices: Choice[] };

/** One of a few, each with an address of its own. */
export function Choices({ label, choices }: ChoicesProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex w-fit max-w-full flex-wrap rounded-lg border border-line-strong bg-sheet">
        {choices.map(({ name, href, isCurrent }) => (
          <li key={href} className="flex">
            <SoftLink
              href={href}
              aria-current={isCurrent || undefined}
              className="flex min-h-8 items-center rounded-[7px] border border-transparent px-3 text-quiet hover:bg-hover hover:text-ink aria-[current]:bg-bell-soft aria-[current]:font-semibold aria-[current]:text-bell pointer-coarse:min-h-11"
            >
              {name}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
