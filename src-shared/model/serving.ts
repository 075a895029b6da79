import { z } from 'zod';
import { Id, Timestamp } from './text.ts';

/** A file that one machine can fetch now. */
export const ServedFile = z.object({
  id: Id,
  /** File name, as the machine sees it. */
  name: z.string(),
  sutId: Id,
  sutName: z.string(),
  /** Null: a person put it into the machine. */
  runId: Id.nullable(),
  /** Address and port that it is served at; the path stays between the harness and the machine. */
  host: z.string(),
  size: z.number().int(),
  /** Bytes sent, repeated ones included. */
  fetched: z.number().int(),
  requests: z.number().int(),
  /** Bytes a second, over the last seconds. */
  rate: z.number(),
  /** Who asked last; null as long as nobody did. */
  peer: z.string().nullable(),
  /** The last range, both ends included; null for the whole file. */
  range: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  /** How often its machine was told of it by proxyDHCP; null: that does not announce it. */
  announced: z.number().int().nullable(),
  since: Timestamp,
});
export type ServedFile = z.infer<typeof ServedFile>;

/** How machines of the lab start from the network by this harness. */
export const NetworkBoot = z.object({
  address: z.string(),
  port: z.number().int(),
  /** 0: no TFTP. */
  tftpPort: z.number().int(),
  /** First stages that are there. */
  programs: z.array(z.string()),
  /** What is to be done first, each a sentence. */
  missing: z.array(z.string()),
  /** For the lab's own DHCP server. */
  snippets: z.array(z.object({ server: z.string(), text: z.string() })),
});
export type NetworkBoot = z.infer<typeof NetworkBoot>;

/** What serves by HTTPS shows; for a BMC to trust it. */
export const ServingCertificate = z.object({ fingerprint: z.string(), pem: z.string() });
export type ServingCertificate = z.infer<typeof ServingCertificate>;

/** An address of this computer that images can be served at. */
export const OwnAddress = z.object({ name: z.string(), address: z.string() });
export type OwnAddress = z.infer<typeof OwnAddress>;
