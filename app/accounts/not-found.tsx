import { MissingPage } from '@/components/shell/missing-page.tsx';

/** Within the signed-in frame, so that the way on is in sight. */
export default function NotFound() {
  return <MissingPage />;
}
