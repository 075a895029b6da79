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
  AuthenticationError,
  DowngradeError,
  IpmiError,
  MalformedError,
  SessionClosedError,
  TimeoutError,
  UnsupportedError,
  type Attempts,
} from './wire/errors.js';
export { convert, conversionOf, unconvert, type Conversion, type Factors } from './decode/conversion.js';
export { decodeFru, describeChassisType, encodeFru, type Fru, type FruBoard, type FruChassis, type FruProduct } from './decode/fru.js';
export { encodeMultirecord, type Multirecord } from './decode/fru-multirecord.js';
export { decodeSdr, encodeSdr, isSensor, type Sdr, type SensorSdr } from './decode/sdr.js';
export {
  decodeSelRecord,
  describeEvent,
  encodeSelRecord,
  selDate,
  type EventWords,
  type SelRecord,
  type SystemEvent,
} from './decode/sel.js';
export type { SensorHealth } from './decode/sensor-value.js';
export { describeEntity } from './decode/tables/entities.js';
export { describeSensorType } from './decode/tables/sensor-types.js';
export { readBootFlags, setBootDevice, type BootChoice, type BootFlags } from './operations/boot.js';
export { discover, type Discovered, type DiscoverOptions } from './operations/discover.js';
export { readFruBytes, readFrus, type FruEntry } from './operations/fru.js';
export { readLanConfig, type LanConfig } from './operations/lan.js';
export { readPef, type PefSettings } from './operations/pef.js';
export { controlPower, isPowerOn, waitForPower } from './operations/power.js';
export { readSdrs, type SdrReadOptions } from './operations/sdr-repository.js';
export { eraseSel, readSel } from './operations/sel.js';
export { readSensor, readSensors, readThresholds, type SensorValue, type Thresholds } from './operations/sensors.js';
export { openSol, SolConsole, type SolOptions } from './operations/sol.js';
export { changePassword, readUsers, type UserEntry } from './operations/users.js';
export type { Pong } from './wire/asf.js';
