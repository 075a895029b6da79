/** Algorithm numbers of IPMI 2.0 tables 13-17, 13-18, 13-19, and the suites of table 22-20. */
export type AuthenticationAlgorithm = 'none' | 'hmac-sha1' | 'hmac-md5' | 'hmac-sha256';
export type IntegrityAlgorithm = 'none' | 'hmac-sha1-96' | 'hmac-md5-128' | 'md5-128' | 'hmac-sha256-128';
export type ConfidentialityAlgorithm = 'none' | 'aes-cbc-128';

export const authenticationNumbers: Readonly<Record<AuthenticationAlgorithm, number>> = {
  none: 0,
  'hmac-sha1': 1,
  'hmac-md5': 2,
  'hmac-sha256': 3,
};
export const integrityNumbers: Readonly<Record<IntegrityAlgorithm, number>> = {
  none: 0,
  'hmac-sha1-96': 1,
  'hmac-md5-128': 2,
  'md5-128': 3,
  'hmac-sha256-128': 4,
};
export const confidentialityNumbers: Readonly<Record<ConfidentialityAlgorithm, number>> = { none: 0, 'aes-cbc-128': 1 };

export interface CipherSuite {
  readonly id: number;
  readonly authentication: AuthenticationAlgorithm;
  readonly integrity: IntegrityAlgorithm;
  readonly confidentiality: ConfidentialityAlgorithm;
}

type Row = readonly [number, AuthenticationAlgorithm, IntegrityAlgorithm, ConfidentialityAlgorithm];

const rows: readonly Row[] = [
  [0, 'none', 'none', 'none'],
  [1, 'hmac-sha1', 'none', 'none'],
  [2, 'hmac-sha1', 'hmac-sha1-96', 'none'],
  [3, 'hmac-sha1', 'hmac-sha1-96', 'aes-cbc-128'],
  [6, 'hmac-md5', 'none', 'none'],
  [7, 'hmac-md5', 'hmac-md5-128', 'none'],
  [8, 'hmac-md5', 'hmac-md5-128', 'aes-cbc-128'],
  [11, 'hmac-md5', 'md5-128', 'none'],
  [12, 'hmac-md5', 'md5-128', 'aes-cbc-128'],
  [15, 'hmac-sha256', 'none', 'none'],
  [16, 'hmac-sha256', 'hmac-sha256-128', 'none'],
  [17, 'hmac-sha256', 'hmac-sha256-128', 'aes-cbc-128'],
];

const suites: ReadonlyMap<number, CipherSuite> = new Map(
  rows.map(([id, authentication, integrity, confidentiality]) => [id, { id, authentication, integrity, confidentiality }]),
);

/** Every suite this package can speak. */
export const supportedSuites: readonly number[] = [...suites.keys()];

/** The suites used when none is named, best first. */
export const defaultSuites: readonly number[] = [17, 3];

/** Undefined for suites that are not implemented (4, 5, 9, 10, 13, 14 use xRC4). */
export function findSuite(id: number): CipherSuite | undefined {
  return suites.get(id);
}

/** The suite that consists of these algorithm numbers. */
export function findSuiteByNumbers(numbers: {
  authentication: number;
  integrity: number;
  confidentiality: number;
}): CipherSuite | undefined {
  return [...suites.values()].find(
    (suite) =>
      authenticationNumbers[suite.authentication] === numbers.authentication &&
      integrityNumbers[suite.integrity] === numbers.integrity &&
      confidentialityNumbers[suite.confidentiality] === numbers.confidentiality,
  );
}
