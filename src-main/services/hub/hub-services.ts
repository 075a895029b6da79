import { createHash } from 'node:crypto';
import type { Changes } from '../../changes.ts';
import type { HarnessClock } from '../../clock.ts';
import type { fetchFile, sendFile, sendJson } from '../../hub-link/transfer.ts';
import type { HubSocket, SocketEvents } from '../../hub-link/open-socket.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { Reservations } from '../reservations/create-reservations.ts';
import type { ConsoleDeeds } from './consoles/remote-console-services.ts';
import type { RemoteRunDeeds } from './runs/remote-run-services.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

/** Everything the hub's side of a harness works with. */
export interface HubServices {
  store: WritableStore;
  changes: Changes;
  clock: HarnessClock;
  log: Log;
  secrets: SecretStore;
  reservations: Pick<Reservations, 'request' | 'changeEnd' | 'handOver' | 'release' | 'revoke'>;
  remoteRuns: RemoteRunDeeds;
  consoles: ConsoleDeeds;
  /** Folder for what is on its way from the hub: by its hash, and kept over a restart, so that it goes on where it was. */
  arriving: string;
  appVersion: string;
  harnessName(): string;
  /** What this home on this machine is known by: differs when the home was copied or moved. */
  machineMark: string;
  /** The wire, loaded when it is needed. */
  wire(): Promise<HubWire>;
}

export interface HubWire {
  openSocket(url: string, events: SocketEvents): HubSocket;
  postJson(url: string, message: unknown): Promise<{ status: number; body: unknown }>;
  fetchFile: typeof fetchFile;
  sendFile: typeof sendFile;
  sendJson: typeof sendJson;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How a person of the hub is called here: no local name looks like it, so no local right is theirs by chance. */
export function remoteName(person: string, url: string): string {
  return `${person} @ ${new URL(url).host}`.slice(0, 200);
}
