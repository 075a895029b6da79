import { DriverError } from './driver-error.ts';
import type { Endpoint } from './endpoints.ts';
import { inspectRedfish, type RedfishPresence } from './redfish/probe.ts';
import { inspectHostKey } from './ssh/inspect-host-key.ts';

/** What an endpoint shows before anything secret is sent to it: what an operator compares and accepts. */
export type Inspection = { provider: 'redfish'; presence: RedfishPresence } | { provider: 'ssh'; hostKey: string };

export async function inspectEndpoint(endpoint: Endpoint, signal: AbortSignal): Promise<Inspection> {
  if (endpoint.provider === 'redfish') {
    if (!URL.canParse(endpoint.url))
      throw new DriverError('BAD_REQUEST', `${endpoint.url} is no address. Write https://, then name or address.`);
    return { provider: 'redfish', presence: await inspectRedfish(new URL(endpoint.url).origin, signal) };
  }
  if (endpoint.provider === 'ssh') return { provider: 'ssh', ...(await inspectHostKey(endpoint, signal)) };
  throw new DriverError('BAD_REQUEST', `There is no certificate or host key to accept at ${endpoint.provider}.`);
}
