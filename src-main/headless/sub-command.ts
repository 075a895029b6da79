import { UsageError } from './usage.ts';

/** The deed of a command that has several. */
export function oneOf<Deed>(deeds: Readonly<Record<string, Deed>>, command: string, name: string): Deed {
  const deed = Object.hasOwn(deeds, name) ? deeds[name] : undefined;
  if (deed === undefined) throw new UsageError(`${command} knows ${Object.keys(deeds).join(', ')}, not "${name}".`);
  return deed;
}

/** The only word of a deed that takes exactly one. */
export function onlyOf(words: readonly string[], what: string): string {
  const [word, ...more] = words;
  if (word === undefined || word === '') throw new UsageError(`${what} is missing.`);
  if (more.length > 0) throw new UsageError(`One ${what} is enough; what is "${more.join(' ')}"?`);
  return word;
}
