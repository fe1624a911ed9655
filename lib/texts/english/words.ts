const planNames: Record<string, string> = { Basic: 'Basic', Plus: 'Plus', Pro: 'Pro', ProTrial: 'Pro trial' };

export const plan = (license: string | null) => (license === null ? 'Unknown' : (planNames[license] ?? license));

const statusNames: Record<string, string> = {
  registered: 'Registered',
  invited: 'Invitation pending',
  suspended: 'Suspended',
  unregistered: 'Not registered',
};

export const status = (value: string) => statusNames[value] ?? value;

/** An operator by name; with the user name too where another operator has the same name. */
export const operatorName = ({ name, login }: { name: string; login: string | null }) =>
  login === null ? name : `${name} (${login})`;

export const common = {
  retry: 'Try again',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
};
