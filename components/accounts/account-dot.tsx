const dots = ['bg-[#7c3aed]', 'bg-[#0e7490]', 'bg-[#be185d]', 'bg-[#4d7c0f]', 'bg-[#c2410c]', 'bg-[#4338ca]'];

/** Always the same colour for the same account, so that the wrong one is noticed. */
export function AccountDot({ id }: { id: string }) {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${dots[sum % dots.length]}`} />;
}
