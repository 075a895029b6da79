import type { Fetched } from './grant-server.ts';
import type { BootTarget } from './boot-desk.ts';
import type { KeyAndCertificate } from './issue-certificate.ts';
import type { GrantSource } from './open-source.ts';

/** Where it is listened. `tls`: HTTPS. `tftp`: beside HTTP, for the first stage of a start from the network; `programs`: its folder. */
export interface Place {
  address: string;
  /** 0: any that is free. */
  port: number;
  tls: KeyAndCertificate | null;
  tftp: { port: number; programs: string | null } | null;
  /** Machines that start from the network are told so by proxyDHCP here. */
  proxy: boolean;
}

/** To the thread. */
export type Order =
  | {
      id: number;
      do: 'grant';
      token: string;
      name: string;
      source: GrantSource;
      known: string[];
      /** The machine that is told of it at the one address for all that start from the network. */
      boot: BootTarget | null;
      place: Place;
    }
  | { id: number; do: 'revoke'; token: string }
  | { do: 'leave' };

/** From the thread: the answer to `grant`, that something is revoked and all of it was told, and now and then what was fetched since. */
export type Said =
  | { id: number; port: number; size: number }
  | { id: number; revoked: true }
  | { id: number; problem: { message: string; code: string | null } }
  | { fetched: Sum[] }
  /** By proxyDHCP, the machine of this grant. */
  | { told: string };

/** Of one grant, since it was last told. */
export type Sum = Omit<Fetched, 'began'> & { requests: number };
