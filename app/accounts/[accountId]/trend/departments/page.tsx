import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { drawAgain } from '@/app/accounts/trend/actions.ts';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { Departments } from '@/components/departments/departments.tsx';
import { ValuesFile } from '@/components/files/values-file.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { breakdownOf } from '@/lib/departments/department.ts';
import { countDepartments, findDepartmentFiles } from '@/lib/departments/store.ts';
import { deps, reading } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { departmentsPage as texts } from '@/lib/texts/departments.ts';
import { departmentsUploadPath } from '@/lib/trend/address.ts';

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return accountTitle((await params).accountId, texts.title);
}

/** Departments that are shown; the others are one, and all of them are in the CSV. */
const most = 20;

export default async function DepartmentsPage({ params }: Props) {
  const { accountId } = await params;
  const operator = await pageOperator(`/accounts/${accountId}/trend/departments`, accountId);
  const { settings } = deps();
  const account = (await findAccount(deps(), accountId)) ?? notFound();
  const { file, counts } = await reading(async ({ db }) => {
    const [newest] = await findDepartmentFiles(db, [accountId]);
    return { file: newest, counts: newest ? await countDepartments(db, accountId) : [] };
  });
  const mayKeep = may(operator, 'files:keep');
  return (
    <Departments
      account={{ id: accountId, name: account.name }}
      file={file}
      breakdown={breakdownOf(counts, most)}
      zone={settings.REPORT_ZONE}
      mayKeep={mayKeep}
      drawAgain={drawAgain}
    >
      {mayKeep && (
        <ValuesFile
          address={departmentsUploadPath(accountId)}
          use="departments"
          title={texts.upload}
          help={texts.uploadHelp}
          drawAgain={drawAgain}
        />
      )}
    </Departments>
  );
}
