import { ClipboardList, Play } from 'lucide-react';
import { createElement, lazy } from 'react';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

const planPage = lazy(() => import('./PlansPage.tsx'));

export const plans: Feature = {
  name: 'plans',
  routes: [
    { path: '/runs/new', component: lazy(() => import('./NewRunPage.tsx')) },
    { path: '/plans/new', component: lazy(() => import('./EditPlanPage.tsx')) },
    { path: '/plans/:id/edit', component: lazy(() => import('./EditPlanPage.tsx')) },
    { path: '/plans/:id', component: planPage },
    { path: addresses.plans, component: planPage },
  ],
  verbs: [
    {
      id: 'runs.new',
      label: 'New run',
      keys: 'n',
      words: 'start execute test robot',
      icon: createElement(Play),
      href: addresses.newRun(),
    },
    { id: 'plans.list', label: 'Test plans', hint: 'Saved choices of cases', words: 'selection saved', href: addresses.plans },
    { id: 'plans.new', label: 'New plan', words: 'save selection', href: addresses.plan('new') },
  ],
  sources: [
    {
      title: 'Plans',
      scope: 'other',
      find: async (text, signal) => {
        const wanted = text.trim().toLowerCase();
        const all = await client.plans.list(undefined, { signal });
        return all
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .slice(0, wanted === '' ? 3 : 8)
          .map(({ id, name, testDataName }) => ({
            id: `plan ${id}`,
            label: name,
            hint: testDataName ?? '',
            icon: createElement(ClipboardList),
            href: addresses.plan(id),
          }));
      },
    },
  ],
};
