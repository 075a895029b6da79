import { z } from 'zod';
import { Verdict } from './run-states.ts';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** `mail`: by SMTP. `webhook`: a JSON document of our own, signed when there is a key. `chat`: `{"text": …}`, which Slack, Mattermost and others take at an incoming webhook. */
export const ChannelKind = z.enum(['webhook', 'chat', 'mail']);
export type ChannelKind = z.infer<typeof ChannelKind>;

/**
 * What people want to hear of a run that has ended. `failed`: a test failed, or it broke or was lost. `regressed`: it did, and the run before it in the
 * same series had passed. `fixed`: it passed, and the one before had not. `always`: whatever came out, stopped runs too.
 */
export const ToldOf = z.enum(['failed', 'regressed', 'fixed', 'always']);
export type ToldOf = z.infer<typeof ToldOf>;

/** Where mail is handed in, and for whom. `startTls`: encrypted from the first word that matters on, or not at all sent; `none` only without a login. */
export const MailRoute = z
  .object({
    server: z.string().trim().min(1, 'Which server takes the mail?').max(300),
    port: z.number().int().min(1).max(65_535),
    security: z.enum(['tls', 'startTls', 'none']).default('startTls'),
    /** Empty: the server asks for no login. */
    user: z.string().trim().max(300).default(''),
    from: z.email('The sender is no mail address.'),
    to: z.array(z.email('A receiver is no mail address.')).min(1, 'Who is told?').max(50),
  })
  .refine(({ security, user }) => security !== 'none' || user === '', 'A login is never sent unencrypted: choose TLS or STARTTLS.');
export type MailRoute = z.infer<typeof MailRoute>;

export const ChannelInput = z.object({
  name: Name,
  kind: ChannelKind,
  of: z.array(ToldOf).min(1, 'Choose at least one thing to be told of.').max(4),
  /** Only runs of this plan; null: all runs. */
  planId: Id.nullable().default(null),
  enabled: z.boolean().default(true),
  /** Left out, a channel that there is keeps the one it has: it is never shown again, because whoever knows it can write there. */
  url: z
    .url({ protocol: /^https?$/u, error: 'The address begins with https:// or http://.' })
    .max(2000)
    .optional(),
  /** Only for mail; the address of all others is `url`. */
  mail: MailRoute.nullable().default(null),
  /** For webhook what messages are signed with (HMAC-SHA256), for mail the password; an empty one takes it away. */
  key: z.string().max(500).optional(),
});
export type ChannelInput = z.infer<typeof ChannelInput>;

/** What one message came to. */
export const Delivery = z.object({
  id: Id,
  runId: Id,
  runName: z.string(),
  verdict: Verdict.nullable(),
  of: z.array(ToldOf),
  state: z.enum(['waiting', 'delivered', 'givenUp']),
  tries: z.number().int(),
  /** Of the last try; null before it. */
  lastAt: Timestamp.nullable(),
  /** Of the next try; null when there is none. */
  nextAt: Timestamp.nullable(),
  /** Why the last try failed. */
  problem: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Where messages go; `host` is all that is shown of an address. */
export const Channel = ChannelInput.omit({ url: true, key: true }).extend({
  id: Id,
  host: z.string(),
  /** It has a key, or a password. */
  signed: z.boolean(),
  planName: z.string().nullable(),
  by: PersonName,
  /** The newest first. */
  deliveries: z.array(Delivery),
});
export type Channel = z.infer<typeof Channel>;
