import type { Router } from '@orpc/server';
import type { harnessContract } from '../src-shared/contract/index.ts';
import type { Changes } from './changes.ts';
import type { Caller } from './services/caller.ts';
import type { Keychain } from './services/secrets/keychain-backend.ts';
import type { Delivered, Taken } from './services/triggers/take-delivery.ts';

/** What the transports hand to every procedure. */
export interface ApiContext {
  caller: Caller;
}

export interface HarnessOptions {
  /** Absolute path of the home; made when absent. */
  home: string;
  face: 'desktop' | 'headless';
  appVersion: string;
  /** Folder with robot/ and demo/ (extraResources in a packaged app). */
  resources: string;
  /** The file to load as better-sqlite3's native part; undefined = the package's own. */
  nativeBinding?: string | undefined;
  /** The operating system's keychain, where the face has a real one. */
  keychain?: Keychain | undefined;
  /** Comes up with the machines of the demo lab. */
  demo?: boolean | undefined;
  /** The home is removed when the harness closes. */
  throwAway?: boolean | undefined;
}

/** A composed harness: the core that both faces hold. `close` leaves running runs alone: their supervisors go on. */
export interface Harness {
  readonly home: string;
  readonly router: Router<typeof harnessContract, ApiContext>;
  readonly changes: Changes;
  /** Tells other processes of the same user how to reach the owner of this home: address in owner.json, token in a file of mode 600. */
  announce(address: { url: string; ownerToken: string }): Promise<void>;
  /** The calendar at this path of the loopback address, for who has no login; null where there is none. */
  calendar(path: string, wish: { holder?: string | undefined; suts?: string[] | undefined }): string | null;
  /** A request for a trigger (a plan that starts from elsewhere), from who has no login but its secret. */
  trigger(id: string, delivered: Delivered): Promise<Taken>;
  close(): Promise<void>;
}
