'use client';

export function Caller({ call }: { call: (input: unknown) => Promise<null> }) {
  return (
    <button type="button" onClick={() => call({})}>
      Call
    </button>
  );
}
