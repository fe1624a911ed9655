import { useState } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { fileComplaint, fileForm } from '@/lib/texts/files.ts';
import { TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { HandedIn } from './use-people-file.ts';

/** So many are shown at once. */
const few = 10;

type FileComplaintsProps = {
  handedIn: HandedIn;
  /** All of them as a file; null where there is none. */
  askForAll: (() => Promise<Blob>) | null;
};

/** Every line of a file that is left out, and why: to be read, copied and, where there are many, downloaded. */
export function FileComplaints({ handedIn, askForAll }: FileComplaintsProps) {
  const { complaints, complaintCount } = handedIn.understood;
  const [isAll, setAll] = useState(false);
  if (complaintCount === 0) return null;
  const shown = isAll ? complaints : complaints.slice(0, few);
  return (
    <div className="mt-4 rounded-xl border border-wait/40 bg-wait-soft p-4 text-wait">
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon name="warning" />
        {texts.upload.complaints(complaintCount)}
      </h2>
      <ul className="mt-1 grid gap-1 wrap-anywhere">
        {shown.map((complaint) => (
          <li key={`${complaint.line} ${complaint.code}`}>{fileComplaint(complaint)}</li>
        ))}
      </ul>
      {isAll && complaintCount > complaints.length && (
        <p>{texts.upload.moreComplaints(complaintCount - complaints.length)}</p>
      )}
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {!isAll && complaints.length > few && (
          <TextButton onClick={() => setAll(true)}>{texts.upload.showAll(complaints.length)}</TextButton>
        )}
        <CopyButton
          text={complaints.map(fileComplaint).join('\n')}
          label={fileForm.copy(complaints.length)}
          doneLabel={fileForm.copied}
        />
        {complaintCount > few && askForAll && <Download handedIn={handedIn} askForAll={askForAll} />}
      </div>
    </div>
  );
}

type DownloadProps = { handedIn: HandedIn; askForAll: () => Promise<Blob> };

function Download({ handedIn: { file, understood }, askForAll }: DownloadProps) {
  const [isFailed, setFailed] = useState(false);

  async function take() {
    setFailed(false);
    try {
      save(await askForAll(), `${file.name.replace(/\.[^.]*$/, '')}-problems.csv`);
    } catch {
      setFailed(true);
    }
  }

  return (
    <>
      <TextButton onClick={take}>{fileForm.download(understood.complaintCount)}</TextButton>
      <span role="alert">{isFailed && fileForm.notDownloaded}</span>
    </>
  );
}

/** Gives the browser a file to keep. */
function save(content: Blob, name: string) {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
