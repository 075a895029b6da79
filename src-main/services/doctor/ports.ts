import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Settings } from '../../../src-shared/model/system.ts';
import { fine, type Check, type Remedy } from './check.ts';
import { findHolder } from './port-holder.ts';

type Chosen = Pick<Settings, 'servingAddress' | 'servingPort' | 'bootPort' | 'tftpPort' | 'proxyDhcp'>;
/** Ports of DHCP are nobody's choice: only answering there can be switched off. */
const DHCP_PORTS = [67, 4011];

interface PortServices {
  settings: () => Chosen;
  update: (changes: Partial<Pick<Settings, 'servingPort' | 'bootPort' | 'tftpPort' | 'proxyDhcp'>>) => void;
  /** Where this workbench serves its pages; null: nowhere. */
  pages: () => string | null;
}

interface Port {
  setting: 'servingPort' | 'bootPort' | 'tftpPort' | 'proxyDhcp';
  what: string;
  port: number;
  protocol: 'tcp' | 'udp';
}

interface Trouble extends Port {
  text: string;
  /** Whether somebody sits on it, or it is not ours to take. */
  isTaken: boolean;
}

/** The ports that machines are told, tried by taking each for a moment. */
export const ports = ({ settings, update, pages }: PortServices): Check => ({
  number: 15,
  id: 'ports',
  title: 'Ports',
  group: 'network',
  look: async () => {
    const chosen = settings();
    const wanted = portsOf(chosen);
    const results = await Promise.all(wanted.map((port) => tryPort(port, chosen.servingAddress ?? '0.0.0.0')));
    const troubles = results.filter((result) => typeof result !== 'string');
    const well = [...results.filter((result) => typeof result === 'string'), ...pagesOf(pages())];
    if (troubles.length === 0) return fine(well.join(', ') || 'any that is free');
    return {
      outcome: 'warning',
      detail: `${troubles.length === 1 ? 'A port' : `${troubles.length} ports`} cannot be used: machines fetch nothing there.`,
      lines: troubles.map(({ text }) => ({ text, place: { page: 'settings', section: 'images' } })),
      repair: 'End the program that has it, or choose another port (proxyDHCP: switch it off) in Settings, Images.',
      remedy: freeing(troubles, update),
    };
  },
});

function portsOf({ servingAddress, servingPort, bootPort, tftpPort, proxyDhcp }: Chosen): Port[] {
  // Without an address that somebody chose nothing is answered there.
  const dhcp = proxyDhcp && servingAddress !== null ? DHCP_PORTS : [];
  const all: Port[] = [
    { setting: 'servingPort', what: 'images', port: servingPort, protocol: 'tcp' },
    { setting: 'bootPort', what: 'starts from the network', port: bootPort, protocol: 'tcp' },
    { setting: 'tftpPort', what: 'TFTP', port: tftpPort, protocol: 'udp' },
    ...dhcp.map((port): Port => ({ setting: 'proxyDhcp', what: 'proxyDHCP', port, protocol: 'udp' })),
  ];
  return all.filter(({ port }) => port !== 0);
}

const pagesOf = (url: string | null) => (url === null ? [] : [`these pages at ${url}`]);

/** A sentence where all is well. */
async function tryPort(wanted: Port, address: string): Promise<string | Trouble> {
  const { what, port, protocol } = wanted;
  const code = await (protocol === 'tcp' ? takeTcp(port, address) : takeUdp(port, address));
  if (code === null || code === 'EADDRNOTAVAIL') return `${port} for ${what}`; // of the address another check tells
  if (code !== 'EADDRINUSE') return { ...wanted, text: `${port} for ${what}: ${REFUSALS[code] ?? code}.`, isTaken: false };
  const holder = await findHolder(port, protocol);
  if (holder?.pid === process.pid) return `${port} for ${what}, in use by this workbench`;
  const who = holder === null ? 'another program, which this user may not see' : `process ${holder.pid} (${shortened(holder.command)})`;
  return { ...wanted, text: `${port} for ${what} is held by ${who}.`, isTaken: true };
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'ports under 1024 need a right that this user does not have',
  EPERM: 'the system does not allow it',
};

const shortened = (command: string) => (command.length > 80 ? `${command.slice(0, 79)}…` : command || 'unknown');

async function takeTcp(port: number, host: string): Promise<string | null> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    server.close();
  }
}

async function takeUdp(port: number, address: string): Promise<string | null> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.bind({ port, address, exclusive: true });
    await once(socket, 'listening');
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    socket.close();
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

/** Any free port instead. TFTP has none but its own: it is switched off. */
function freeing(troubles: Trouble[], update: PortServices['update']): Remedy {
  const words = new Set(
    troubles.map(({ setting, what, port }) =>
      setting === 'tftpPort' || setting === 'proxyDhcp' ? `${what} is switched off` : `${what} use any free port, not ${port}`,
    ),
  );
  return {
    verb: troubles.length === 1 ? 'Use another port' : 'Use other ports',
    does: `From now on ${[...words].join('; ')}.`,
    hurts: 'A firewall or DHCP server of the lab that names the port has to be told: machines that it leads there find nothing.',
    perform: () => {
      update(Object.fromEntries(troubles.map(({ setting }) => [setting, setting === 'proxyDhcp' ? false : 0])));
      return 'Chosen. It counts from the next file that is served.';
    },
  };
}
