/** Each 3:1 against the paper of both themes. */
const dots = ['bg-[#8b5cf6]', 'bg-[#0e8aa8]', 'bg-[#db2777]', 'bg-[#5f9a0c]', 'bg-[#e0560c]', 'bg-[#3b76f0]'];

/** Always the same colour for the same account, so that the wrong one is noticed. */
export function AccountDot({ id }: { id: string }) {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return (
    <span
      aria-hidden="true"
      className={`size-2 shrink-0 rounded-full forced-color-adjust-none ${dots[sum % dots.length]}`}
    />
  );
}
