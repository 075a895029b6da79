import { z } from 'zod';
import { SutNeeds } from './sut-needs.ts';
import { Id, Name, PersonName, Sha256, Timestamp } from './text.ts';

/** What a capsule holds, as people are told before and after importing it. */
export const CapsuleContent = z.object({
  runId: Id,
  runName: Name,
  startedBy: PersonName,
  createdAt: Timestamp,
  /** The harness that made it. */
  madeBy: z.string(),
  madeAt: Timestamp,
  testDataName: Name,
  revision: Sha256,
  plan: Name.nullable(),
  condition: Name.nullable(),
  /** Names of secret variables and of secret fields of SUTs: never in a capsule, to be supplied where it is run again. */
  secrets: z.array(z.string()),
  suts: z.array(z.string()),
  sutNeeds: SutNeeds.nullable(),
  /** Hash of the lock of its environment; null when it ran in the harness's own. */
  environment: Sha256.nullable(),
  libraries: z.array(z.string()),
  /** Whether the wheels of the lock are in it, so that it can be run without an index. */
  wheels: z.boolean(),
  /** Hashes of images; the images themselves are not in it. */
  images: z.array(Sha256),
});
export type CapsuleContent = z.infer<typeof CapsuleContent>;
