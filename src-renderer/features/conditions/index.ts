import { createElement, lazy } from 'react';
import { SlidersHorizontal } from 'lucide-react';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';
import type { Verb } from '../../kit/verbs.ts';

const page = lazy(() => import('./ConditionsPage.tsx'));

export const conditions: Feature = {
  name: 'conditions',
  routes: [
    { path: '/conditions/:id', component: page },
    { path: addresses.conditions, component: page },
  ],
  verbs: [
    {
      id: 'conditions.list',
      label: 'Test conditions',
      hint: 'Named, typed variables',
      words: 'variables yaml',
      href: addresses.conditions,
    },
    { id: 'conditions.new', label: 'New condition', words: 'variables set', href: addresses.condition('new') },
  ],
  sources: [
    {
      title: 'Conditions',
      scope: 'other',
      find: async (text, signal) => {
        const wanted = text.trim().toLowerCase();
        const all = await client.conditions.list(undefined, { signal });
        return all
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .slice(0, wanted === '' ? 3 : 8)
          .map(verbOf);
      },
    },
  ],
};

function verbOf({ id, name, effective }: { readonly id: string; readonly name: string; readonly effective: readonly unknown[] }): Verb {
  return {
    id: `condition ${id}`,
    label: name,
    hint: `${effective.length} variables`,
    icon: createElement(SlidersHorizontal),
    href: addresses.condition(id),
  };
}
