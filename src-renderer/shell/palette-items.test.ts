import { describe, expect, it } from 'vitest';
import type { Feature } from '../kit/feature.ts';
import type { Verb } from '../kit/verbs.ts';
import { fitting, found, placesAsVerbs, sourcesFor } from './palette-items.ts';

const verb = (label: string, more: Partial<Verb> = {}): Verb => ({ id: label, label, ...more });
const labels = (list: readonly { readonly verb: Verb }[]): string[] => list.map((entry) => entry.verb.label);

describe('what fits in the palette', () => {
  it('puts the better match first and keeps the given order among equals', () => {
    const list = [verb('Empower'), verb('Soft power off'), verb('Power cycle'), verb('Power off'), verb('Reserve')];
    expect(labels(fitting('pow', list))).toEqual(['Power cycle', 'Power off', 'Soft power off', 'Empower']);
  });

  it('leaves out what makes no sense now, and quiet verbs until something is typed', () => {
    const list = [verb('Resume the queue', { when: () => false }), verb('Open General', { quiet: true }), verb('New run')];
    expect(labels(fitting('', list))).toEqual(['New run']);
    expect(labels(fitting('open', list))).toEqual(['Open General']);
    expect(labels(fitting('resume', list))).toEqual([]);
    expect(labels(fitting('', list, 40))).toEqual(['Open General', 'New run']);
  });

  it('drops nothing that a source found by other means', () => {
    expect(labels(found('fan 4', [verb('thermal-limits')]))).toEqual(['thermal-limits']);
  });
});

describe('places and sources', () => {
  const source = (scope: 'machines' | 'runs' | 'other') => ({ title: scope, scope, find: () => [] });
  const place = (label: string, group: 1 | 2 | 3, order: number) => ({
    href: `/${label}`,
    label,
    icon: () => null,
    letter: label.slice(0, 1),
    group,
    order,
  });
  const features: Feature[] = [
    { name: 'b', routes: [], rail: place('Settings', 3, 1), sources: [source('runs')] },
    { name: 'a', routes: [], rail: place('Today', 1, 1), sources: [source('machines'), source('other')] },
  ];

  it('lists pages as the rail does, with their keys', () => {
    expect(placesAsVerbs(features).map(({ label, keys }) => [label, keys])).toEqual([
      ['Today', 'g t'],
      ['Settings', 'g s'],
    ]);
  });

  it('asks only the sources of the scope', () => {
    expect(sourcesFor(features, 'machines').map(({ title }) => title)).toEqual(['machines']);
    expect(sourcesFor(features, 'all')).toHaveLength(3);
  });
});
