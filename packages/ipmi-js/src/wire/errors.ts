/** Base of everything this package throws on purpose; `code` is stable and meant for programs. */
export class IpmiError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Bytes that cannot be what they claim to be (too short, bad checksum, impossible length). */
export class MalformedError extends IpmiError {
  constructor(message: string, options?: ErrorOptions) {
    super('MALFORMED', message, options);
  }
}

/** What was tried before the peer was given up. */
export interface Attempts {
  readonly what: string;
  readonly host: string;
  readonly port: number;
  readonly tries: number;
  readonly elapsedMs: number;
  /** A network error seen while waiting, for example ECONNREFUSED. */
  readonly lastNetworkError?: string | undefined;
}

/** No answer within all tries; the message says what was sent, where, how often and for how long. */
export class TimeoutError extends IpmiError {
  readonly attempts: Attempts;

  constructor(attempts: Attempts) {
    const network = attempts.lastNetworkError === undefined ? '' : ` (network said ${attempts.lastNetworkError})`;
    super(
      'TIMEOUT',
      `no answer to ${attempts.what} from ${attempts.host} port ${attempts.port} after ${attempts.tries} ` +
        `${attempts.tries === 1 ? 'try' : 'tries'} in ${Math.round(attempts.elapsedMs)} ms${network}`,
    );
    this.attempts = attempts;
  }
}

/** User name, password, KG key or privilege level was refused, by the BMC or by our check of its proof. */
export class AuthenticationError extends IpmiError {
  /** RMCP+ status code (IPMI 2.0 table 13-15) when the BMC gave one. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super('AUTHENTICATION', message);
    this.status = status;
  }
}

/** The BMC offered less protection than was asked for or than it is known to be able to do. */
export class DowngradeError extends IpmiError {
  constructor(message: string) {
    super('DOWNGRADE', message);
  }
}

/** The session is over: closed by us, by the BMC, or lost. */
export class SessionClosedError extends IpmiError {
  constructor(message = 'the session is closed') {
    super('SESSION_CLOSED', message);
  }
}

/** The BMC cannot do what was asked, and says so. */
export class UnsupportedError extends IpmiError {
  constructor(message: string) {
    super('UNSUPPORTED', message);
  }
}
