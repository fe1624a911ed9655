type ChoiceProps = { group: string; isOn: boolean; onChoose: () => void; name: string; help?: string };

/** One of several ways, of which one is on. */
export function Choice({ group, isOn, onChoose, name, help }: ChoiceProps) {
  return (
    <label className="flex min-h-8 items-start gap-2.5 py-1 pointer-coarse:min-h-11 pointer-coarse:items-center">
      <input
        type="radio"
        name={group}
        checked={isOn}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-bell"
      />
      <span className="min-w-0 break-words">
        {name}
        {help && <span className="block text-small text-quiet">{help}</span>}
      </span>
    </label>
  );
}
