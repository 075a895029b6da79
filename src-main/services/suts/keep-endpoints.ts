import type { z } from 'zod';
import type { Endpoint, EndpointInput as EndpointInputSchema } from '../../../src-shared/model/sut-endpoint.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import type { SealedSecret } from '../../store/secrets.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

export type EndpointRequest = z.output<typeof EndpointInputSchema>;

interface KeptEndpoints {
  endpoints: Endpoint[];
  sealed: SealedSecret[];
  dropped: string[];
}

const NEEDS_ADDRESS: readonly string[] = ['ipmi', 'redfish', 'ssh'];

/** As with secret fields: a password goes in once and is kept by reference; without one, the endpoint of the same id keeps its own. */
export async function keepEndpoints(
  requests: readonly EndpointRequest[],
  before: readonly Endpoint[],
  { secrets, now }: { secrets: SecretStore; now: number },
): Promise<KeptEndpoints> {
  checkEndpoints(requests);
  const sealed: SealedSecret[] = [];
  const endpoints: Endpoint[] = [];
  for (const { password, id, ...request } of requests) {
    const old = before.find((each) => each.id === id);
    let secret = password === '' ? null : (old?.secret ?? null);
    if (password !== undefined && password !== '') {
      const kept = await secrets.seal(password, secret ?? undefined);
      sealed.push(kept);
      secret = kept.reference;
    }
    endpoints.push({ ...request, id: old?.id ?? newId(now), secret });
  }
  const kept = new Set(endpoints.map(({ secret }) => secret));
  return { endpoints, sealed, dropped: before.flatMap(({ secret }) => (secret === null || kept.has(secret) ? [] : [secret])) };
}

/** Refuses endpoints that could not be reached as they stand, all at once. */
export function checkEndpoints(requests: readonly EndpointRequest[]): void {
  const problems = requests.flatMap((request) => problemOf(request) ?? []);
  if (problems.length === 0) return;
  const reasons = problems.map((message) => ({ code: 'BAD_REQUEST', message, subject: null }));
  throw new WorkbenchError('BAD_REQUEST', problems.join(' '), { reasons });
}

function problemOf({ provider, address, commands }: EndpointRequest): string | undefined {
  if (provider === 'command') return Object.keys(commands).length === 0 ? 'Name at least one program for the way "command".' : undefined;
  if (!NEEDS_ADDRESS.includes(provider)) return undefined;
  if (address === '') return `The way ${provider} needs an address.`;
  if (provider === 'redfish') return isOrigin(address) ? undefined : `${address} is not an address like https://192.0.2.10.`;
  return /^[^\s/@]+$/u.test(address) ? undefined : `${address} is not a host name or address.`;
}

function isOrigin(address: string): boolean {
  const withScheme = /^[a-z]+:\/\//iu.test(address) ? address : `https://${address}`;
  try {
    const { protocol, username, password, host } = new URL(withScheme);
    return ['https:', 'http:'].includes(protocol) && username === '' && password === '' && host !== '';
  } catch {
    return false;
  }
}
