import type { Endpoint as DriverEndpoint } from '../../drivers/endpoints.ts';
import type { OobmServices } from './oobm-services.ts';

interface Asked {
  provider: 'redfish' | 'ssh';
  address: string;
  port: number | null;
}

/** What an address shows before anything secret is sent to it. */
export async function inspectAddress(
  { jobs }: Pick<OobmServices, 'jobs'>,
  { provider, address, port }: Asked,
  signal: AbortSignal | undefined,
): Promise<{ fingerprint: string | null; about: string }> {
  const inspected = await jobs.inspect(strangerAt(provider, address, port), signal);
  if (inspected.provider === 'ssh') return { fingerprint: inspected.hostKey, about: `Host key of ${address}` };
  const { vendor, product, version, certificate } = inspected.presence;
  const about = [vendor, product, `Redfish ${version}`].filter((part) => part !== null).join(' ');
  return { fingerprint: certificate?.fingerprint ?? null, about };
}

function strangerAt(provider: Asked['provider'], address: string, port: number | null): DriverEndpoint {
  const nobody = { id: 'stranger', username: '', password: '' };
  if (provider === 'ssh') return { provider, ...nobody, host: address, hostKey: null, ...(port === null ? {} : { port }) };
  const url = /^[a-z]+:\/\//iu.test(address) ? address : `https://${address}`;
  const at = URL.canParse(url) ? new URL(url) : null;
  if (at !== null && port !== null) at.port = String(port);
  return { provider, ...nobody, url: at?.origin ?? url, certificate: null };
}
