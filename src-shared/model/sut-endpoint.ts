import { z } from 'zod';
import { Id } from './text.ts';

/** A way to reach a machine. `simulated` is a BMC that the harness itself simulates, on loopback. */
export const Provider = z.enum(['ipmi', 'redfish', 'ssh', 'qemu', 'command', 'simulated']);
export type Provider = z.infer<typeof Provider>;

/** What a program of the operator does for a machine; each is a program with its arguments, no shell is in between. */
export const OperatorDeed = z.enum(['on', 'off', 'cycle', 'reset', 'soft', 'status', 'console']);
export type OperatorDeed = z.infer<typeof OperatorDeed>;
const Argument = z.string().min(1).max(1000);

const reached = {
  provider: Provider,
  /** Host or address; for redfish the origin (`https://192.0.2.10`); for simulated the kind of machine; empty for qemu and command. */
  address: z.string().trim().max(300).default(''),
  /** Null: the provider's usual one. */
  port: z.number().int().min(1).max(65_535).nullable().default(null),
  user: z.string().trim().max(200).default(''),
  /** The certificate (redfish) or host key (ssh) that is trusted, as its SHA-256 fingerprint. Null: none yet. */
  pin: z.string().trim().max(200).nullable().default(null),
  /** Only for qemu: memory of the virtual machine, MiB, and the size of its disk when it is made, GiB (0: none). Null: the usual. */
  memoryMib: z.number().int().min(16).max(1_048_576).nullable().default(null),
  diskGib: z.number().int().min(0).max(4096).nullable().default(null),
  /** Only for command. */
  commands: z.partialRecord(OperatorDeed, z.array(Argument).min(1).max(50)).default({}),
};

/** How a SUT is reached; their order is the order in which they are tried. `secret` is a reference to the password, never the password. */
export const Endpoint = z.object({ id: Id, ...reached, secret: z.string().nullable() });
export type Endpoint = z.infer<typeof Endpoint>;

/** A virtual machine of this computer takes images as files; whatever else has virtual media fetches them from an address. */
export function takesImageFiles(endpoints: readonly Pick<Endpoint, 'provider'>[]): boolean {
  return endpoints.find(({ provider }) => provider === 'qemu' || provider === 'redfish')?.provider === 'qemu';
}

/** Without `password` an endpoint of the same `id` keeps the one it had; an empty one removes it. For ssh a private key may stand there. */
export const EndpointInput = z.object({ id: Id.optional(), ...reached, password: z.string().max(20_000).optional() });
export type EndpointInput = z.input<typeof EndpointInput>;
