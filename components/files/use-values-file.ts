import { useRef, useState } from 'react';
import { type FilePreview, paramsOfChoices, type ValuesAnswer } from '@/lib/files/upload.ts';
import { inputHeader } from '@/lib/input-header.ts';
import type { FileProblem, ReadingChoices } from '@/lib/lists/file.ts';
import type { HandedIn } from '../batches/form/use-people-file.ts';

export type ReadValues = HandedIn & { preview: FilePreview; isOther: boolean };

type State = 'idle' | 'busy' | 'failed' | { kept: number } | { problem: FileProblem; line: number | undefined };

/** A file that says something of people: chosen, read by the server, read again when something about it is put right, and kept. */
export function useValuesFile(address: string, onKept: () => void) {
  const [read, setRead] = useState<ReadValues | null>(null);
  const [state, setState] = useState<State>('idle');
  const turns = useRef(0);

  async function handIn(file: File, choices: ReadingChoices, keep: string | null) {
    turns.current += 1;
    const turn = turns.current;
    setState('busy');
    const answer = await send(address, file, choices, keep).catch(() => null);
    if (turn !== turns.current) return; // another file was chosen, or something put right, meanwhile
    if (!answer) return setState('failed');
    if (answer.state === 'refused') {
      setState({ problem: answer.problem, line: answer.line });
    } else if (answer.state === 'kept') {
      setRead(null);
      setState({ kept: answer.people });
      onKept();
    } else {
      setRead({ file, choices, understood: answer.file, preview: answer.preview, isOther: answer.isOther });
      setState('idle');
    }
  }

  function choose(file: File | undefined) {
    turns.current += 1;
    setRead(null);
    setState('idle');
    if (file) void handIn(file, {}, null);
  }

  function correct(change: Partial<ReadingChoices>) {
    if (!read) return;
    const choices = { ...read.choices, ...change };
    setRead({ ...read, choices });
    void handIn(read.file, choices, null);
  }

  const keep = () => read && state !== 'busy' && void handIn(read.file, read.choices, read.preview.fingerprint);

  return { read, state, choose, correct, keep };
}

/** As much of a file's name as is kept. */
const longestName = 200;

async function send(
  address: string,
  file: File,
  choices: ReadingChoices,
  keep: string | null,
): Promise<ValuesAnswer | null> {
  const params = paramsOfChoices(choices);
  params.set('name', file.name.slice(0, longestName).toWellFormed());
  if (keep !== null) params.set('keep', keep);
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', [inputHeader]: params.toString() },
    body: file,
  });
  return response.ok ? response.json() : null;
}
