import { z } from 'zod';
import { Verdict } from './run-states.ts';
import { Id, Timestamp } from './text.ts';

/** What somebody is told of by a hub. */
export const HubNoticeKind = z.enum([
  'granted',
  'refused',
  'startsSoon',
  'endsSoon',
  'ended',
  'handedOver',
  'runEnded',
  'runRefused',
  'machineGone',
]);
export type HubNoticeKind = z.infer<typeof HubNoticeKind>;

/** What it is about; what does not belong to its kind is null or empty. */
export const HubNoticeBody = z.object({
  /** The lab. */
  harness: z.string(),
  suts: z.array(z.string()),
  /** Of a reservation. */
  begin: Timestamp.nullable().default(null),
  end: Timestamp.nullable().default(null),
  /** The sentence of who decided. */
  reason: z.string().nullable().default(null),
  /** Of a run. */
  run: z.string().nullable().default(null),
  verdict: Verdict.nullable().default(null),
});
export type HubNoticeBody = z.infer<typeof HubNoticeBody>;

export const HubNotice = z.object({
  id: Id,
  kind: HubNoticeKind,
  /** The reservation or the run. */
  subject: Id,
  body: HubNoticeBody,
  at: Timestamp,
  readAt: Timestamp.nullable(),
});
export type HubNotice = z.infer<typeof HubNotice>;

/** The newest, and how many of all were not read yet. */
export const HubNotices = z.object({ unread: z.number().int(), notices: z.array(HubNotice) });
export type HubNotices = z.infer<typeof HubNotices>;

export const isOfRun = (kind: HubNoticeKind): boolean => kind === 'runEnded' || kind === 'runRefused';

/** What a person reads. `when` writes a time as its reader knows it. */
export function noticeText(
  { kind, body }: Pick<HubNotice, 'kind' | 'body'>,
  when: (at: number) => string,
): { title: string; text: string } {
  const { harness, end, begin, run, verdict, reason } = body;
  const suts = body.suts.join(', ') || 'The machine';
  const until = end === null ? 'without an end' : `until ${when(end)}`;
  const from = begin === null ? '' : `from ${when(begin)} `;
  const why = reason ?? '';
  switch (kind) {
    case 'granted':
      return { title: `${suts}: granted`, text: `Yours at ${harness} ${from}${until}.` };
    case 'handedOver':
      return { title: `${suts}: handed over to you`, text: `Yours at ${harness} ${until}.` };
    case 'refused':
      return { title: `${suts}: refused`, text: why || `${harness} did not grant it.` };
    case 'startsSoon':
      return { title: `${suts}: begins soon`, text: `Yours at ${harness} ${from}${until}.` };
    case 'endsSoon':
      return { title: `${suts}: ends soon`, text: `Yours at ${harness} ${until}.` };
    case 'ended':
      return { title: `${suts}: over`, text: why || `Your reservation at ${harness} is over.` };
    case 'runEnded':
      return {
        title: `${run ?? 'A run'}: ${verdict ?? 'ended'}`,
        text: why || `At ${harness}${body.suts.length === 0 ? '' : `, on ${suts}`}.`,
      };
    case 'runRefused':
      return { title: `${run ?? 'A run'}: refused`, text: why || `${harness} did not begin it.` };
    case 'machineGone':
      return { title: `${suts}: gone`, text: why || `${harness} does not share it any more.` };
  }
}
