import { z } from 'zod';
import { Id, Name, Timestamp } from './text.ts';

export const HubRole = z.enum(['tester', 'operator', 'admin']);
export type HubRole = z.infer<typeof HubRole>;

/** What a personal token may be used for: looking, using machines, managing. */
export const HubScope = z.enum(['read', 'use', 'manage']);
export type HubScope = z.infer<typeof HubScope>;

export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[\p{Ll}\p{Lo}\d][\p{Ll}\p{Lo}\d._@+-]{1,99}$/u,
    'A login has 2 to 100 letters, digits or . _ @ + -, and begins with a letter or digit.',
  );

/** Long enough is what counts; which characters is the person's own matter. */
export const NewPassword = z.string().min(12, 'A password has at least 12 characters.').max(200, 'A password has at most 200 characters.');

/** Labs write it down when they share with a group, so it does not change. */
export const GroupName = Name.max(100);
export const HubGroup = z.object({
  id: Id,
  name: GroupName,
  /** Logins. */
  members: z.array(z.string()),
});
export type HubGroup = z.infer<typeof HubGroup>;

export const HubPerson = z.object({ id: Id, login: z.string(), name: Name, role: HubRole, disabled: z.boolean(), createdAt: Timestamp });
export type HubPerson = z.infer<typeof HubPerson>;

export const HubSession = z.object({
  id: Id,
  /** The one that asks. */
  own: z.boolean(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  expiresAt: Timestamp,
  address: z.string(),
  agent: z.string(),
});
export type HubSession = z.infer<typeof HubSession>;

export const HubToken = z.object({
  id: Id,
  name: Name,
  scopes: z.array(HubScope),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
});
export type HubToken = z.infer<typeof HubToken>;

export const HubInvitation = z.object({
  id: Id,
  role: HubRole,
  note: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  usedAt: Timestamp.nullable(),
});
export type HubInvitation = z.infer<typeof HubInvitation>;

export const AuditEntry = z.object({
  id: Id,
  at: Timestamp,
  /** As the person was called then; empty = nobody was signed in. */
  person: z.string(),
  deed: z.string(),
  subject: z.string(),
  /** `done`, or the code of the refusal. */
  outcome: z.string(),
  address: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
