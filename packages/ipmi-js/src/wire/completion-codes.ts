/** Generic completion codes, IPMI 2.0 table 5-2, in our own words. */
const generic: Readonly<Record<number, string>> = {
  0x00: 'completed',
  0xc0: 'the BMC is busy',
  0xc1: 'unknown command',
  0xc2: 'command not possible for this LUN',
  0xc3: 'the BMC gave up waiting while processing the command',
  0xc4: 'the BMC is out of space',
  0xc5: 'the reservation was cancelled or is wrong',
  0xc6: 'request data was cut',
  0xc7: 'request data has the wrong length',
  0xc8: 'request data is longer than allowed',
  0xc9: 'a parameter is out of range',
  0xca: 'cannot return that many bytes',
  0xcb: 'that sensor, record or data is not present',
  0xcc: 'a data field in the request is invalid',
  0xcd: 'this command is not possible for that sensor or record type',
  0xce: 'the answer could not be given',
  0xcf: 'a duplicate request cannot be executed',
  0xd0: 'the SDR repository is being updated',
  0xd1: 'the device is being updated',
  0xd2: 'the BMC is still starting',
  0xd3: 'the destination is not available',
  0xd4: 'the privilege level of the session is too low',
  0xd5: 'not possible in the present state',
  0xd6: 'the sub-function is disabled or not available',
  0xff: 'unspecified error',
};

export type CompletionRange = 'generic' | 'command-specific' | 'oem' | 'reserved';

/** Which part of the code space a completion code lies in (IPMI 2.0 5.2). */
export function completionRange(code: number): CompletionRange {
  if (generic[code] !== undefined) return 'generic';
  if (code >= 0x01 && code <= 0x7e) return 'oem';
  if (code >= 0x80 && code <= 0xbe) return 'command-specific';
  return 'reserved';
}

/** A completion code in words; `specific` holds the meanings a command gives to 80h-BEh. */
export function describeCompletion(code: number, specific?: Readonly<Record<number, string>>): string {
  const words = specific?.[code] ?? generic[code];
  if (words !== undefined) return words;
  const range = completionRange(code);
  if (range === 'oem') return 'a code of the device maker (OEM range)';
  if (range === 'command-specific') return 'a code of this command that is not described';
  return 'a reserved code';
}

export const completion = {
  ok: 0x00,
  busy: 0xc0,
  unknownCommand: 0xc1,
  outOfSpace: 0xc4,
  reservationLost: 0xc5,
  lengthInvalid: 0xc7,
  lengthExceeded: 0xc8,
  outOfRange: 0xc9,
  tooManyBytes: 0xca,
  notPresent: 0xcb,
  invalidField: 0xcc,
  illegalForRecord: 0xcd,
  cannotRespond: 0xce,
  insufficientPrivilege: 0xd4,
  invalidState: 0xd5,
  unspecified: 0xff,
} as const;
