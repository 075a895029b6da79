import { createElement } from 'react';
import type { Feature } from '../kit/feature.ts';
import type { Verb, VerbSource } from '../kit/verbs.ts';
import { matchLabel, type Match } from './match.ts';

export type Scope = 'all' | 'verbs' | 'machines' | 'runs';

export const SCOPES: Readonly<Record<string, Scope>> = { '>': 'verbs', '@': 'machines', '#': 'runs' };

export interface Entry {
  readonly verb: Verb;
  readonly match: Match;
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const MOST_OF_A_GROUP = 8;

/** Verbs that fit, best first; in the order they were given where none is better. */
export function fitting(text: string, list: readonly Verb[], most = MOST_OF_A_GROUP): readonly Entry[] {
  return list
    .flatMap((verb) => {
      if (verb.when?.() === false || (verb.quiet === true && text === '' && most <= MOST_OF_A_GROUP)) return [];
      const match = matchLabel(text, verb.label, `${verb.words ?? ''} ${verb.hint ?? ''}`);
      return match === null ? [] : [{ verb, match }];
    })
    .toSorted((a, b) => b.match.score - a.match.score)
    .slice(0, most);
}

/** What a source answered: it has searched by itself, so nothing is dropped, only highlighted. */
export function found(text: string, list: readonly Verb[]): readonly Entry[] {
  return list.slice(0, MOST_OF_A_GROUP).map((verb) => ({ verb, match: matchLabel(text, verb.label) ?? { score: 0, from: 0, to: 0 } }));
}

/** The pages of the rail as places to go to. */
export function placesAsVerbs(features: readonly Feature[]): readonly Verb[] {
  return features
    .flatMap((feature) => feature.rail ?? [])
    .toSorted((a, b) => a.group - b.group || a.order - b.order)
    .map(({ label, href, letter, icon }) => ({
      id: `go ${href}`,
      label,
      href,
      keys: `g ${letter.toLowerCase()}`,
      words: 'go to page',
      icon: createElement(icon),
    }));
}

export function sourcesFor(features: readonly Feature[], scope: Scope): readonly VerbSource[] {
  const all = features.flatMap((feature) => feature.sources ?? []);
  if (scope === 'all') return all;
  return all.filter((source) => source.scope === scope);
}
