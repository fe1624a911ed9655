import { parseArgs } from 'node:util';
import { keysFile } from './keys.ts';
import { exampleAccounts } from './people/organisation.ts';

/** What `main.ts` was asked for. `users` and `seed` are absent where the data file decides. */
export type CommandLine = {
  host: string;
  port: number;
  controlPort: number;
  data: string;
  users: number | undefined;
  seed: number | undefined;
  fullAnswers: boolean;
  reset: boolean;
  help: boolean;
};

/** Reads the arguments; throws one clear line about the first that is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4620' },
      'control-port': { type: 'string', default: '4621' },
      data: { type: 'string', default: '.carillon/local-chime.sqlite' },
      users: { type: 'string' },
      seed: { type: 'string' },
      'full-answers': { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    host: values.host,
    port: wholeNumber('--port', values.port, 65_535),
    controlPort: wholeNumber('--control-port', values['control-port'], 65_535),
    data: values.data,
    users: values.users === undefined ? undefined : wholeNumber('--users', values.users, 1_000_000),
    seed: values.seed === undefined ? undefined : wholeNumber('--seed', values.seed, Number.MAX_SAFE_INTEGER),
    fullAnswers: values['full-answers'],
    reset: values.reset,
    help: values.help,
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new Error(`${name} must be a whole number from 0 to ${most}, not ${text}`);
}

/** The text of `--help`. */
export function helpText({ port, data }: CommandLine): string {
  const { enterprise } = exampleAccounts;
  const aws = `aws chime --endpoint-url http://127.0.0.1:${port}`;
  return `Local Chime: the license operations of the Amazon Chime API (2018-05-01), served from one file.

Usage: node local-chime/main.ts [options]

  --port N           port of the API (4620; 0 takes any that is free)
  --control-port N   port that plants faults and tells what happened, as docs/local-chime.md says; always on
                     127.0.0.1 (4621; 0: any)
  --host ADDRESS     address of the API (127.0.0.1)
  --data FILE        where everything is kept (.carillon/local-chime.sqlite)
  --users N          people in the Enterprise account Nordwind Group, up to 1000000 (5000)
  --seed N           which of the many example organisations (1)
  --reset            create the example organisation again: every change and the journal are gone
  --full-answers     answer UpdateUser with all that is known, not with the UserId alone
  --help             this text

Keys: LOCAL_CHIME_ACCESS_KEY_ID, LOCAL_CHIME_SECRET_ACCESS_KEY and LOCAL_CHIME_CONTROL_TOKEN of the environment.
Those that are not set are made once and kept in ${keysFile(data)}.
The Local Chime that npm start has started has its keys in .carillon/keys.env.

To point the AWS CLI at it:

  . ./.carillon/keys.env   # beside npm start
  . ${pathForShell(keysFile(data))}   # beside npm run chime
  export AWS_ACCESS_KEY_ID="$LOCAL_CHIME_ACCESS_KEY_ID"
  export AWS_SECRET_ACCESS_KEY="$LOCAL_CHIME_SECRET_ACCESS_KEY"
  export AWS_DEFAULT_REGION=us-east-1
  export AWS_EC2_METADATA_DISABLED=true

  ${aws} list-accounts
  ${aws} get-account --account-id ${enterprise}
  ${aws} list-users --account-id ${enterprise} --max-items 5
  ${aws} list-users --account-id ${enterprise} --user-email ana.silva@nordwind.example
  ${aws} get-user --account-id ${enterprise} --user-id USER
  ${aws} update-user --account-id ${enterprise} --user-id USER --license-type Pro
  ${aws} batch-update-user --account-id ${enterprise} --update-user-request-items UserId=USER,LicenseType=Pro UserId=OTHER,LicenseType=Basic

From AWS CLI 2.13 on, AWS_ENDPOINT_URL_CHIME=http://127.0.0.1:${port} does instead of --endpoint-url.
`;
}

/** A path that `.` reads as a file and does not look up along PATH. */
function pathForShell(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}
