import { randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { OwnAddress, ServedFile } from '../../../src-shared/model/serving.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { asWorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { RateMeter } from '../../rate-meter.ts';
import type { GrantSource } from './open-source.ts';
import { ownAddressTowards } from './own-address.ts';
import type { BootTarget } from './boot-desk.ts';
import { hostOf } from './host-of.ts';
import type { KeyAndCertificate } from './issue-certificate.ts';
import { servingProblem } from './serving-problem.ts';
import type { Sum } from './serving-messages.ts';
import { ServingThread } from './serving-thread.ts';

export interface GrantRequest {
  /** File name in the address; BMCs go by its ending. */
  name: string;
  from: GrantSource;
  sut: { id: string; name: string };
  /** Null: for a person. */
  runId: string | null;
  /** Addresses and names of the machine: the first says which address of this computer it is told, all may fetch. */
  machine: readonly string[];
  /** For a machine that starts from the network: over plain HTTP, at the port that the lab knows. `target`: it is the script that the machine starts by. */
  network?: { target: BootTarget | null };
}

/** What somebody can fetch as long as it is not revoked. */
export interface Grant {
  /** Of several files: where their paths begin, with a slash at its end. */
  url: string;
  /** Bytes that were fetched so far. */
  fetched(): number;
  /** Nothing can be fetched from now on. Resolves when all that was fetched is counted. */
  revoke(): Promise<void>;
}

export interface Serving {
  grant(request: GrantRequest): Promise<Grant>;
  /** Why a machine could fetch nothing from here, a sentence; null: it could, as far as this computer can tell. */
  problem(machine: readonly string[]): Promise<string | null>;
  list(): ServedFile[];
  addresses(): OwnAddress[];
  close(): Promise<void>;
}

export interface ServingOptions {
  changes: Changes;
  clock: Clock;
  settings: () => ServingSettings;
  /** The certificate for HTTPS at an address. */
  certificate: (address: string) => Promise<KeyAndCertificate>;
}

/** `address` null: the one from which this computer reaches the machine. Ports 0: any that is free, for TFTP none at all. */
export interface ServingSettings {
  address: string | null;
  port: number;
  secure: boolean;
  bootPort: number;
  tftpPort: number;
  /** Folder with first stages for starts from the network. */
  programs: string | null;
  proxyDhcp: boolean;
}

interface Entry {
  file: ServedFile;
  meter: RateMeter;
  revoked: boolean;
}

const FADE_MS = 1000;

/** Files that machines can fetch; a thread of its own sends them. */
export function createServing({ changes, clock, settings, certificate }: ServingOptions): Serving {
  const entries = new Map<string, Entry>();
  let fading: NodeJS.Timeout | null = null;
  const tell = (): void => changes.emit('serving:changed', {});
  /** A rate falls while nothing comes, which nobody would tell otherwise. */
  const fade = (): void => {
    if (fading !== null) clearTimeout(fading);
    fading = setTimeout(() => {
      fading = null;
      if ([...entries.values()].some(({ meter }) => (meter.read() ?? 0) > 0)) fade();
      tell();
    }, FADE_MS).unref();
  };
  const thread = new ServingThread({
    onFetched: (sums) => {
      for (const sum of sums) count(entries.get(sum.token), sum);
      tell();
      fade();
    },
    onTold: (token) => {
      const entry = entries.get(token);
      if (entry !== undefined) entry.file = { ...entry.file, announced: (entry.file.announced ?? 0) + 1 };
      tell();
    },
    onLost: () => {
      entries.clear();
      tell();
    },
  });
  const revoke = async (token: string): Promise<void> => {
    const entry = entries.get(token);
    if (entry === undefined) return;
    entry.revoked = true;
    tell();
    await thread.revoke(token);
    entries.delete(token);
  };
  return {
    grant: async ({ name, from, sut, runId, machine, network }) => {
      const { address: chosen, port: usual, secure, bootPort, tftpPort, programs, proxyDhcp } = settings();
      const port = network === undefined ? usual : bootPort;
      const address = chosen ?? (await ownAddressTowards(machine[0] ?? '127.0.0.1'));
      const token = randomBytes(16).toString('hex');
      const tls = secure && network === undefined ? await certificate(address) : null;
      const place = { address, port, tls, tftp: network === undefined ? null : { port: tftpPort, programs } };
      const boot = network?.target ?? null;
      // Only at an address that somebody chose: which network that is decides who hears it.
      const proxy = proxyDhcp && boot !== null && chosen !== null && isIPv4(chosen);
      const said = await thread.grant({ token, name, source: from, known: [...machine], boot, place: { ...place, proxy } });
      if ('problem' in said) throw servingProblem(said.problem, { name, address, port, tftpPort });
      const host = hostOf(address, said.port);
      const at = clock.now();
      const nothing = { fetched: 0, requests: 0, rate: 0, peer: null, range: null, announced: proxy ? 0 : null };
      const entry: Entry = {
        file: { id: newId(at), name, sutId: sut.id, sutName: sut.name, runId, host, size: said.size, ...nothing, since: at },
        meter: new RateMeter(() => clock.now()),
        revoked: false,
      };
      entries.set(token, entry);
      tell();
      const url = `${tls === null ? 'http' : 'https'}://${host}/${token}/${'files' in from ? '' : encodeURIComponent(name)}`;
      return { url, fetched: () => entry.file.fetched, revoke: () => revoke(token) };
    },
    problem: ([machine = '127.0.0.1']) => whyUnreachable(settings(), machine),
    list: () => [...entries.values()].filter(({ revoked }) => !revoked).map(({ file, meter }) => ({ ...file, rate: meter.read() ?? 0 })),
    addresses: ownAddresses,
    close: () => {
      if (fading !== null) clearTimeout(fading);
      return thread.close();
    },
  };
}

async function whyUnreachable({ address, port, bootPort, tftpPort }: ServingSettings, machine: string): Promise<string | null> {
  try {
    if (address === null) await ownAddressTowards(machine);
    else if (!isLoopback(address) && ownAddresses().every((own) => own.address !== address))
      throw servingProblem({ message: '', code: 'EADDRNOTAVAIL' }, { name: 'images', address, port: port || bootPort, tftpPort });
    return null;
  } catch (error) {
    return asWorkbenchError(error).message;
  }
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

function count(entry: Entry | undefined, { bytes, peer, range, requests }: Sum): void {
  if (entry === undefined) return;
  entry.meter.count(bytes);
  const { file } = entry;
  entry.file = { ...file, peer, range, fetched: file.fetched + bytes, requests: file.requests + requests };
}

function ownAddresses(): OwnAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? []).filter(({ address }) => !address.startsWith('fe80:')).map(({ address }) => ({ name, address })),
  );
}
