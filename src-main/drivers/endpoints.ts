/**
 * How a machine is reached. Secrets are values here: they are put in directly before a call, stay in memory and are never logged.
 * `id` is the harness's own, so that answers can name the endpoint.
 */
export const PROVIDERS = ['ipmi', 'redfish', 'ssh', 'qemu', 'command', 'simulated'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** At the beginning of a sentence. */
export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  ipmi: 'IPMI',
  redfish: 'Redfish',
  ssh: 'SSH',
  qemu: 'A virtual machine',
  command: 'This set of programs',
  simulated: 'A simulated machine',
};

export interface IpmiEndpoint {
  /** `simulated` is a BMC that this harness simulates: the same protocol, on loopback. */
  provider: 'ipmi' | 'simulated';
  id: string;
  host: string;
  /** UDP, 623 when left out. */
  port?: number;
  username: string;
  password: string;
  /** BMC key, for two-key login. */
  kg?: string;
  /** Explicit choice of cipher suites, in order. Left out: 17, then 3. Suite 0 is refused: it lets everybody in. */
  suites?: number[];
  privilege?: 'user' | 'operator' | 'administrator';
}

export interface RedfishEndpoint {
  provider: 'redfish';
  id: string;
  /** Origin of the service: `https://192.0.2.10`, `http://…` only where somebody asks for it. */
  url: string;
  username: string;
  password: string;
  /** SHA-256 fingerprint of the pinned certificate (hex, colons allowed). Null: it must be valid by the system's authorities. */
  certificate: string | null;
  /** `Id` of the system, where the service has several. */
  system?: string;
}

export interface SshEndpoint {
  provider: 'ssh';
  id: string;
  host: string;
  /** TCP, 22 when left out. */
  port?: number;
  username: string;
  password?: string;
  /** PEM or OpenSSH form. */
  privateKey?: string;
  passphrase?: string;
  /** SHA-256 fingerprint (base64, as `ssh-keygen -l` prints it after `SHA256:`) of the host key that is known. Null: unknown, refused. */
  hostKey: string | null;
  /** What shuts the operating system down; `poweroff` when left out. */
  shutdownCommand?: string;
}

export interface QemuEndpoint {
  provider: 'qemu';
  id: string;
  /** Folder of this machine, absolute: disk, sockets, logs, definition. Made when missing. */
  folder: string;
  /** MiB, 256 when left out. */
  memory?: number;
  /** GiB of the disk that is made when there is none; 0: no disk. 4 when left out. */
  disk?: number;
  /** Stable UUID of the machine. */
  uuid: string;
  /** TCP ports of this computer's loopback that lead to a port of the machine. */
  forwards?: { from: number; to: number }[];
}

/** A program of the operator with its arguments; no shell is in between. */
export interface OperatorCommand {
  program: string;
  args: string[];
  /** Seconds, 30 when left out; a console has none. */
  limit?: number;
}

export interface CommandEndpoint {
  provider: 'command';
  id: string;
  /** What is missing is not offered. `status` exits with 0 and prints a line that begins with `on` or `off`. */
  commands: Partial<Record<'on' | 'off' | 'cycle' | 'reset' | 'soft' | 'status' | 'console', OperatorCommand>>;
  /** Put into the environment of the programs: the way for secrets. */
  environment?: Record<string, string>;
}

export type Endpoint = (IpmiEndpoint | RedfishEndpoint | SshEndpoint | QemuEndpoint | CommandEndpoint) & {
  /** How often the machine has refused this login before this thread began to count; 0 when left out. */
  refusals?: number;
};
