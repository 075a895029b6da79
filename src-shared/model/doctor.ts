import { z } from 'zod';
import { Progress } from './system.ts';
import { Id } from './text.ts';

/** What a check is about, for the order in which it is shown. */
export const DoctorGroup = z.enum(['computer', 'network', 'store']);
export type DoctorGroup = z.infer<typeof DoctorGroup>;

/** A page of the workbench that a finding leads to. */
export const DoctorPlace = z.discriminatedUnion('page', [
  z.object({ page: z.literal('sut'), id: Id }),
  z.object({ page: z.literal('hub') }),
  z.object({ page: z.literal('settings'), section: z.enum(['general', 'python', 'images', 'retention']) }),
]);
export type DoctorPlace = z.infer<typeof DoctorPlace>;

/** One of several things that a check found, a sentence each. */
export const DoctorLine = z.object({ text: z.string(), place: DoctorPlace.nullable() });
export type DoctorLine = z.infer<typeof DoctorLine>;

/** What the workbench can do about it by itself. */
export const DoctorRemedy = z.object({
  /** On the button: a verb and its object. */
  verb: z.string(),
  /** What will be done, in a sentence. */
  does: z.string(),
  /** Whom or what it hurts; null: nobody, so nobody is asked. */
  hurts: z.string().nullable(),
  /** Of all this: who agrees sends it back, so that what was read is what is done. */
  mark: z.string(),
});
export type DoctorRemedy = z.infer<typeof DoctorRemedy>;

export const DoctorCheck = z.object({
  /** Fixed for ever, so that people can talk about it. */
  number: z.number().int(),
  id: z.string(),
  title: z.string(),
  group: DoctorGroup,
  outcome: z.enum(['fine', 'warning', 'broken']),
  /** What was found, with its value. */
  detail: z.string(),
  /** Each thing that is not as it should be, where there are several. */
  lines: z.array(DoctorLine),
  /** What to do, when something is to be done. */
  repair: z.string().nullable(),
  remedy: DoctorRemedy.nullable(),
  tookMs: z.number(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

/** What is told while the doctor looks. */
export const DoctorNews = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), checks: z.array(DoctorCheck.pick({ number: true, title: true, group: true })) }),
  z.object({ type: z.literal('looking'), number: z.number().int(), progress: Progress }),
  z.object({ type: z.literal('found'), check: DoctorCheck }),
  z.object({ type: z.literal('done'), checks: z.array(DoctorCheck) }),
]);
export type DoctorNews = z.infer<typeof DoctorNews>;
