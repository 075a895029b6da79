import { Package } from 'lucide-react';
import { createElement, lazy } from 'react';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

const page = lazy(() => import('./LibrariesPage.tsx'));

export const libraries: Feature = {
  name: 'libraries',
  routes: [
    { path: '/libraries/:id', component: page },
    { path: '/environments/:lockHash', component: page },
    { path: addresses.libraries, component: page },
  ],
  rail: { href: addresses.libraries, label: 'Libraries', icon: Package, letter: 'L', group: 1, order: 40, also: ['/environments'] },
  verbs: [
    {
      id: 'libraries.add',
      label: 'Add library',
      hint: 'A requirement, wheel, folder or git repository',
      words: 'pip install python keyword package',
      href: `${addresses.libraries}?add=open`,
    },
  ],
  sources: [
    {
      title: 'Libraries',
      scope: 'other',
      find: async (text, signal) => {
        const wanted = text.trim().toLowerCase();
        const all = await client.libraries.list(undefined, { signal });
        return all
          .filter(({ name, importNames }) => [name, ...importNames].some((each) => each.toLowerCase().includes(wanted)))
          .slice(0, wanted === '' ? 3 : 8)
          .map(({ id, name, versions }) => ({
            id: `library ${id}`,
            label: name,
            hint: versions[0]?.version ?? '',
            icon: createElement(Package),
            href: addresses.library(id),
          }));
      },
    },
  ],
};
