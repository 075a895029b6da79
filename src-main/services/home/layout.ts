import { join } from 'node:path';

/** Where things are inside a home. Everything a harness owns is here, except Python environments: they are a cache of the user's. */
export interface HomeLayout {
  home: string;
  store: string;
  content: string;
  /** Images by their hash, and those that are still arriving. */
  images: string;
  runs: string;
  backups: string;
  logs: string;
  /** Files in the making (uploads, workspaces of an import); emptied at each start. */
  scratch: string;
  /** What can be made again out of reports. */
  reportCache: string;
  owner: string;
  /** The token for the owner's loopback address; readable by the user alone. */
  ownerToken: string;
  lock: string;
  secretKey: string;
}

export function layoutOf(home: string): HomeLayout {
  return {
    home,
    store: join(home, 'harness.db'),
    content: join(home, 'content'),
    images: join(home, 'images'),
    runs: join(home, 'runs'),
    backups: join(home, 'backups'),
    logs: join(home, 'logs'),
    scratch: join(home, 'scratch'),
    reportCache: join(home, 'cache', 'reports'),
    owner: join(home, 'owner.json'),
    ownerToken: join(home, 'owner.token'),
    lock: join(home, 'owner.lock'),
    secretKey: join(home, 'secret.key'),
  };
}
