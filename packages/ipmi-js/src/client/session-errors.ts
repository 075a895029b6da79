import { AuthenticationError, IpmiError } from '../wire/errors.js';
import { describeRakpStatus, isSuiteRefusal, rakpStatus } from '../rmcpplus/status.js';

/** The BMC would not open a session, for a reason that is neither password nor cipher suite. */
export class SessionRefusedError extends IpmiError {
  readonly status: number;

  constructor(status: number) {
    super('SESSION_REFUSED', `the BMC refused the session: ${describeRakpStatus(status)}`);
    this.status = status;
  }
}

/** The BMC does not speak this cipher suite; another may be tried. */
export class SuiteRefusedError extends IpmiError {
  readonly suite: number;

  constructor(suite: number, reason: string) {
    super('SUITE_REFUSED', `the BMC refused cipher suite ${suite}: ${reason}`);
    this.suite = suite;
  }
}

const authenticationStatuses: ReadonlySet<number> = new Set([
  rakpStatus.unauthorizedRole,
  rakpStatus.unauthorizedName,
  rakpStatus.badCheckValue,
  rakpStatus.invalidNameLength,
  rakpStatus.invalidRole,
]);

/** The right error for a status other than 0 in an answer of the handshake. */
export function handshakeError(status: number, suite: number): IpmiError {
  if (isSuiteRefusal(status)) return new SuiteRefusedError(suite, describeRakpStatus(status));
  if (authenticationStatuses.has(status)) return new AuthenticationError(`login refused: ${describeRakpStatus(status)}`, status);
  return new SessionRefusedError(status);
}
