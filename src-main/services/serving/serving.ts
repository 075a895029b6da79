import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { OwnAddress, ServedFile } from '../../../src-shared/model/serving.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { newId } from '../../new-id.ts';
import type { GrantSource } from './open-source.ts';
import { ownAddressTowards } from './own-address.ts';
import { rateOf, type Sample } from './rate.ts';
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
}

/** What somebody can fetch as long as it is not revoked. */
export interface Grant {
  url: string;
  /** Bytes that were fetched so far. */
  fetched(): number;
  revoke(): void;
}

export interface Serving {
  grant(request: GrantRequest): Promise<Grant>;
  list(): ServedFile[];
  addresses(): OwnAddress[];
  close(): Promise<void>;
}

export interface ServingOptions {
  changes: Changes;
  clock: Clock;
  /** `address` null: the one from which this computer reaches the machine. `port` 0: any that is free. */
  settings: () => { address: string | null; port: number };
}

interface Entry {
  file: ServedFile;
  samples: Sample[];
}

/** Files that machines can fetch; a thread of its own sends them. */
export function createServing({ changes, clock, settings }: ServingOptions): Serving {
  const entries = new Map<string, Entry>();
  const tell = (): void => changes.emit('serving:changed', {});
  const thread = new ServingThread({
    onFetched: (sums) => {
      for (const sum of sums) count(entries.get(sum.token), sum, clock.now());
      tell();
    },
    onLost: () => {
      entries.clear();
      tell();
    },
  });
  const revoke = (token: string): void => {
    if (!entries.delete(token)) return;
    thread.revoke(token);
    tell();
  };
  return {
    grant: async ({ name, from, sut, runId, machine }) => {
      const { address: chosen, port } = settings();
      const address = chosen ?? (await ownAddressTowards(machine[0] ?? '127.0.0.1'));
      const token = randomBytes(16).toString('hex');
      const said = await thread.grant({ token, name, source: from, known: [...machine], address, port });
      if ('problem' in said) throw servingProblem(said.problem, { name, address, port });
      const host = `${address.includes(':') ? `[${address}]` : address}:${said.port}`;
      const at = clock.now();
      const nothing = { fetched: 0, requests: 0, rate: 0, peer: null, range: null };
      const entry: Entry = {
        file: { id: newId(at), name, sutId: sut.id, sutName: sut.name, runId, host, size: said.size, ...nothing, since: at },
        samples: [],
      };
      entries.set(token, entry);
      tell();
      const url = `http://${host}/${token}/${encodeURIComponent(name)}`;
      return { url, fetched: () => entry.file.fetched, revoke: () => revoke(token) };
    },
    list: () => [...entries.values()].map(({ file, samples }) => ({ ...file, rate: rateOf(samples, clock.now()) })),
    addresses: ownAddresses,
    close: () => thread.close(),
  };
}

function count(entry: Entry | undefined, { bytes, peer, range, requests }: Sum, at: number): void {
  if (entry === undefined) return;
  entry.samples.push({ at, bytes });
  const { file } = entry;
  entry.file = { ...file, peer, range, fetched: file.fetched + bytes, requests: file.requests + requests };
}

function ownAddresses(): OwnAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? []).filter(({ address }) => !address.startsWith('fe80:')).map(({ address }) => ({ name, address })),
  );
}
