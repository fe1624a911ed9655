/** The key that sealed these. */
export const oldExportsKey = 'the-key-that-sealed-the-old-exports';

/**
 * Exports as Carillon wrote them when its entries had fewer facts, line by line, the first entry of each from before the
 * chain. Never to be made anew: they hold today's code to what was sealed then.
 */
export const oldExports = {
  'form 1, before batches': [
    '{"sequence":"1","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":"Ticket 4711","outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"form":null,"keyId":null,"hmac":null}',
    '{"sequence":"2","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":"Ticket 4711","outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"form":1,"keyId":"e7e28748f7384769","hmac":"gC-bHTXPxxV-S1j9nMz2NWJ3VE3WzWBTZL3wUN1phQw"}',
    '{"sequence":"3","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":null,"outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"form":1,"keyId":"e7e28748f7384769","hmac":"0lAyglcT1u_EkXzwstnbUwoJpk2oDZ_sCh8TSyTVXZE"}',
  ],
  'form 2, before tokens and exports': [
    '{"sequence":"1","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":"Ticket 4711","outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"batchId":null,"form":null,"keyId":null,"hmac":null}',
    '{"sequence":"2","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":"Ticket 4711","outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"batchId":null,"form":2,"keyId":"e7e28748f7384769","hmac":"pv4aKcPPlHX_vB7_hPVlayWHz3gQTlGwSdEPJXEm1Og"}',
    '{"sequence":"3","at":"2026-11-20T09:30:00.123456Z","action":"change","operatorId":"dana","operatorName":"Dana Reyes","operatorRole":"helpdesk","requestId":"2c1d3b9e-0000-4000-8000-000000000001","awsRequestId":null,"accountId":"nordwind","userId":"ana","userName":"Ana “**” Silva","from":"Basic","to":"Pro","why":"Ticket 4711","outcome":"applied","failure":null,"changeId":"2c1d3b9e-0000-4000-8000-000000000002","fact":null,"was":null,"became":null,"since":null,"batchId":"2c1d3b9e-0000-4000-8000-000000000003","form":2,"keyId":"e7e28748f7384769","hmac":"h8nUIV7SH3CcGf3jWJr7OdH32MhoIrVQm6ODsm0TmUg"}',
  ],
} as const;
