import {
  AuthenticationError,
  CompletionError,
  DowngradeError,
  IpmiError,
  MalformedError,
  SessionClosedError,
  SessionRefusedError,
  SuiteRefusedError,
  TimeoutError,
  UnsupportedError,
} from 'ipmi-js';
import { DriverError, type DriverCode } from '../driver-error.ts';

/** Completion codes by which a BMC says that it has no such command or parameter. */
const NOT_THERE = [0xc1, 0xd6];

type Told = [code: DriverCode, message: string];

/** Errors of ipmi-js in words for the operator; undefined for anything else. */
export function translateIpmi(error: unknown): DriverError | undefined {
  if (!(error instanceof IpmiError)) return undefined;
  const [code, message] = tell(error);
  return new DriverError(code, message, { cause: error });
}

function tell(error: IpmiError): Told {
  if (error instanceof TimeoutError) return ['OOBM_UNREACHABLE', `The BMC does not answer: ${error.message}.`];
  if (error instanceof AuthenticationError) return ['OOBM_AUTH', `The BMC refused user name, password or level: ${error.message}.`];
  if (error instanceof CompletionError) {
    const code = NOT_THERE.includes(error.completionCode) ? 'OOBM_UNSUPPORTED' : 'OOBM_REFUSED';
    return [code, `The BMC refused: ${error.words} (${error.commandName}).`];
  }
  if (error instanceof DowngradeError) return ['OOBM_REFUSED', `The BMC offers less protection than it could: ${error.message}.`];
  if (error instanceof SuiteRefusedError) {
    return [
      'OOBM_REFUSED',
      `The BMC speaks neither cipher suite 17 nor 3 (${error.message}). Name another one at the endpoint if you must.`,
    ];
  }
  if (error instanceof SessionRefusedError) return ['OOBM_REFUSED', `${error.message}. Too many sessions may be open on it.`];
  if (error instanceof MalformedError) return ['OOBM_REFUSED', `The BMC answered what cannot be understood: ${error.message}.`];
  if (error instanceof SessionClosedError) return ['OOBM_UNREACHABLE', `The session with the BMC was lost: ${error.message}.`];
  if (error instanceof UnsupportedError) return ['OOBM_UNSUPPORTED', `The BMC cannot do this: ${error.message}.`];
  if (error.code === 'SOL_LOST') return ['OOBM_UNREACHABLE', 'The console does not answer any more.'];
  if (error.code === 'BAD_CREDENTIALS') return ['BAD_REQUEST', `The endpoint cannot be used: ${error.message}.`];
  return ['OOBM_REFUSED', `The BMC could not do it: ${error.message}.`];
}
