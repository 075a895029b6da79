export { openUdpChannel, ipmiPort, type Channel } from './client/channel.js';
export { IpmiClient } from './client/client.js';
export type { Credentials } from './client/credentials.js';
export type { LegacyChoice } from './client/legacy-session.js';
export { openSession, type SessionOptions } from './client/open-session.js';
export { defaultRetry, type RetryPolicy } from './client/retry.js';
export type { RawAnswer, RawRequest, Sender, SendOptions } from './client/sender.js';
export { Session, type SessionCounters, type SessionSettings } from './client/session.js';
export { SessionRefusedError, SuiteRefusedError } from './client/session-errors.js';
export type { SuiteMemory } from './client/suite-choice.js';
export * from './commands/index.js';
export { defaultSuites, supportedSuites } from './crypto/suites.js';
export { CompletionError, isCompletion, type Command } from './wire/command.js';
export {
  AuthenticationError, DowngradeError, IpmiError, MalformedError, SessionClosedError, TimeoutError, UnsupportedError, type Attempts,
} from './wire/errors.js';
