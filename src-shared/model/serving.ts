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
  since: Timestamp,
});
export type ServedFile = z.infer<typeof ServedFile>;

/** An address of this computer that images can be served at. */
export const OwnAddress = z.object({ name: z.string(), address: z.string() });
export type OwnAddress = z.infer<typeof OwnAddress>;
