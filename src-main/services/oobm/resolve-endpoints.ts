import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Endpoint } from '../../../src-shared/model/sut-endpoint.ts';
import type { CommandEndpoint, Endpoint as DriverEndpoint, OperatorCommand } from '../../drivers/endpoints.ts';
import { WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import type { OobmServices } from './oobm-services.ts';

type Reached = Pick<SutRow, 'id' | 'name' | 'endpoints'>;

/** The endpoints with their passwords in them, directly before a call: they are handed to the driver and kept nowhere. */
export async function resolveEndpoints(services: OobmServices, sut: Reached): Promise<DriverEndpoint[]> {
  if (sut.endpoints.length === 0) {
    throw new WorkbenchError('OOBM_UNSUPPORTED', `${sut.name} has no endpoint yet: add how it is reached, under Endpoints.`);
  }
  return Promise.all(
    sut.endpoints.map(async (endpoint) => ({ ...(await resolve(services, sut, endpoint)), refusals: services.logins.countOf(endpoint) })),
  );
}

async function resolve(services: OobmServices, sut: Reached, endpoint: Endpoint): Promise<DriverEndpoint> {
  const { id, address, port, user, pin, secret } = endpoint;
  const password = secret === null ? '' : await services.suts.secrets.reveal(secret);
  const at = { id, ...(port === null ? {} : { port }), username: user };
  switch (endpoint.provider) {
    case 'ipmi':
      return { provider: 'ipmi', ...at, host: address, password };
    case 'redfish':
      return { provider: 'redfish', id, url: originOf(address, port), username: user, password, certificate: pin };
    case 'ssh':
      return { provider: 'ssh', ...at, host: address, ...passwordOrKey(password), hostKey: pin };
    case 'simulated':
      return { id, ...(await services.simulated(sut, address)) };
    case 'qemu':
      return {
        provider: 'qemu',
        id,
        folder: join(services.machines, sut.id),
        uuid: uuidOf(sut.id),
        ...sizeOf(endpoint),
        forwards: forwardsOf(sut),
      };
    case 'command':
      return commandEndpoint(endpoint, password);
  }
}

/** An endpoint that was kept before there were sizes has none. */
function sizeOf({ memoryMib, diskGib }: Partial<Endpoint>): { memory?: number; disk?: number } {
  return { ...(memoryMib == null ? {} : { memory: memoryMib }), ...(diskGib == null ? {} : { disk: diskGib }) };
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost'];
const SSH_PORT = 22;

/** A virtual machine has no address that this computer reaches: where its SSH endpoint is a port of this computer, that leads to the machine's. */
function forwardsOf({ endpoints }: Reached): { from: number; to: number }[] {
  return endpoints.flatMap(({ provider, address, port }) =>
    provider === 'ssh' && LOOPBACK.includes(address) && port !== null ? [{ from: port, to: SSH_PORT }] : [],
  );
}

function originOf(address: string, port: number | null): string {
  const url = new URL(/^[a-z]+:\/\//iu.test(address) ? address : `https://${address}`);
  if (port !== null) url.port = String(port);
  return url.origin;
}

/** A private key goes where the password goes: it says itself what it is. */
function passwordOrKey(secret: string): { password: string } | { privateKey: string } {
  return secret.startsWith('-----BEGIN ') ? { privateKey: secret } : { password: secret };
}

function commandEndpoint({ id, commands }: Endpoint, password: string): CommandEndpoint {
  const programs = Object.entries(commands).flatMap(([deed, words]): [string, OperatorCommand][] => {
    const [program, ...args] = words;
    return program === undefined ? [] : [[deed, { program, args }]];
  });
  return { provider: 'command', id, commands: Object.fromEntries(programs), environment: password === '' ? {} : { ATN_SECRET: password } };
}

/** The same for the same SUT, so that a virtual machine is the same one after every start. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(`machine ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
