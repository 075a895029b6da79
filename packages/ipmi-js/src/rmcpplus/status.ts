/** RMCP+ and RAKP status codes, IPMI 2.0 table 13-15, in our own words. */
const words: Readonly<Record<number, string>> = {
  0x00: 'no error',
  0x01: 'the BMC has no resources for another session',
  0x02: 'the session id is not valid',
  0x03: 'the payload type is not valid',
  0x04: 'the authentication algorithm is not valid',
  0x05: 'the integrity algorithm is not valid',
  0x06: 'no authentication payload matches',
  0x07: 'no integrity payload matches',
  0x08: 'the session id is not active',
  0x09: 'the role is not valid',
  0x0a: 'the role or privilege level is not allowed for this user',
  0x0b: 'the BMC has no resources for a session of that role',
  0x0c: 'the length of the user name is not valid',
  0x0d: 'the user name or role is not known',
  0x0e: 'that GUID is not known',
  0x0f: 'the integrity check value is wrong (user name, password or KG key)',
  0x10: 'the confidentiality algorithm is not valid',
  0x11: 'no cipher suite matches',
  0x12: 'a parameter is not valid',
};

export const rakpStatus = {
  ok: 0x00,
  noResources: 0x01,
  invalidSession: 0x02,
  invalidAuthentication: 0x04,
  invalidIntegrity: 0x05,
  inactiveSession: 0x08,
  invalidRole: 0x09,
  unauthorizedRole: 0x0a,
  invalidNameLength: 0x0c,
  unauthorizedName: 0x0d,
  badCheckValue: 0x0f,
  invalidConfidentiality: 0x10,
  noSuiteMatch: 0x11,
  illegalParameter: 0x12,
} as const;

/** Statuses that say "not with these algorithms", so that another suite may be tried. */
const suiteRefusals: ReadonlySet<number> = new Set([0x04, 0x05, 0x06, 0x07, 0x10, 0x11, 0x12]);

export function isSuiteRefusal(status: number): boolean {
  return suiteRefusals.has(status);
}

export function describeRakpStatus(status: number): string {
  return words[status] ?? `status 0x${status.toString(16).padStart(2, '0')}`;
}
