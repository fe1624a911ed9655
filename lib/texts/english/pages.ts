export const pages = {
  brand: 'Carillon',
  home: 'Carillon: go to the people',
  allAccounts: 'All accounts',
  noScript:
    'Carillon needs JavaScript. Turn it on for this site in the settings of your browser, then reload the page. If you can’t, ask your admin.',
  awayTitle: 'Carillon is not available right now',
  away: 'Carillon cannot reach its database. No changes were made. Try again in a moment; if it keeps failing, ask your admin.',
  missingTitle: 'Page not found',
  missing: 'This page does not exist, or you don’t have access to it.',
  missingBack: 'Go to People',
  noAccountsTitle: 'No accounts yet',
  noAccounts:
    'Carillon has not loaded any account from Amazon Chime yet, or you have no access to any. Wait a minute and reload the page, or ask your admin.',
};
