import { bytes, empty, struct, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

const guid = struct({ guid: bytes(16) });

/** Get System GUID (IPMI 2.0 22.14): 16 bytes as sent, least significant first as the specification orders them. */
export const getSystemGuid = query({ name: 'Get System GUID', netFn: netFn.app, code: 0x37, request: empty, response: guid });

/** Get Device GUID (IPMI 2.0 20.8). */
export const getDeviceGuid = query({ name: 'Get Device GUID', netFn: netFn.app, code: 0x08, request: empty, response: guid });

/** Get Self Test Results (IPMI 2.0 20.4): result 55h passed, 56h not implemented, 57h failures named by bits of detail. */
export const getSelfTest = query({
  name: 'Get Self Test Results',
  netFn: netFn.app,
  code: 0x04,
  request: empty,
  response: struct({ result: u8, detail: u8 }),
});

/** Cold Reset (IPMI 2.0 20.2): the BMC restarts; the session is gone afterwards. */
export const coldReset = action({ name: 'Cold Reset', netFn: netFn.app, code: 0x02, request: empty, response: empty });

/** Warm Reset (IPMI 2.0 20.3). */
export const warmReset = action({ name: 'Warm Reset', netFn: netFn.app, code: 0x03, request: empty, response: empty });

const failures = [
  'controller firmware',
  'boot block',
  'FRU internal use area',
  'SDR repository empty',
  'IPMB signal lines',
  'BMC FRU',
  'SDR repository',
  'SEL',
];

/** A self test in words; empty list of failures when it passed. */
export function describeSelfTest(test: { result: number; detail: number }): { verdict: string; failures: string[] } {
  if (test.result === 0x55) return { verdict: 'passed', failures: [] };
  if (test.result === 0x56) return { verdict: 'not implemented', failures: [] };
  if (test.result === 0x57) return { verdict: 'failed', failures: failures.filter((_, index) => (test.detail & (1 << index)) !== 0) };
  if (test.result === 0x58) return { verdict: 'fatal hardware error', failures: [`code 0x${test.detail.toString(16)}`] };
  return { verdict: 'device specific failure', failures: [`code 0x${test.detail.toString(16)}`] };
}
