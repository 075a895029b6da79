import { z } from 'zod';
import { WorkbenchError } from '../../errors.ts';
import { nameKey } from '../../text-key.ts';

const Value = z.union([
  z
    .string()
    .max(2000)
    .refine((text) => !/\p{Cc}/u.test(text)),
  z.number(),
  z.boolean(),
]);
const Wish = z.object({ condition: z.string().max(200).optional(), variables: z.record(z.string().max(100), Value).optional() });

interface Allowed {
  conditions: readonly string[];
  variables: readonly string[];
}

/** What a request says besides "start": of it only what the trigger allows by name, and a word about all that it does not. */
export function readWish(body: Buffer, allowed: Allowed): { condition: string | null; variables: string[] } {
  // Others send whatever they like: it is looked at only where something may be said.
  if (allowed.conditions.length === 0 && allowed.variables.length === 0) return { condition: null, variables: [] };
  const wish = Wish.safeParse(body.length === 0 ? {} : parsed(body));
  if (!wish.success)
    throw refused(
      'The body is not understood: {"condition": "NAME", "variables": {"NAME": "value"}}, values being texts of one line, numbers or true and false.',
    );
  const { condition = null, variables = {} } = wish.data;
  if (condition !== null && !allowed.conditions.some((name) => nameKey(name) === nameKey(condition)))
    throw refused(`This trigger does not take the condition "${condition.slice(0, 100)}".`);
  const strange = Object.keys(variables).filter((name) => !allowed.variables.includes(name));
  if (strange.length > 0) throw refused(`This trigger does not take ${strange.slice(0, 5).join(', ')}.`);
  return { condition, variables: Object.entries(variables).map(([name, value]) => `${name}:${value}`) };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw refused('The body is no JSON.');
  }
}

const refused = (message: string) => new WorkbenchError('BAD_REQUEST', message);
