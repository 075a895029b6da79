import { Disc3 } from 'lucide-react';
import { createElement, lazy } from 'react';
import { imageLabel } from '../../../src-shared/model/image.ts';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

const page = lazy(() => import('./ImagesPage.tsx'));

export const images: Feature = {
  name: 'images',
  routes: [
    { path: '/images/:id', component: page },
    { path: addresses.images, component: page },
  ],
  rail: { href: addresses.images, label: 'Images', icon: Disc3, letter: 'I', group: 2, order: 30 },
  verbs: [
    {
      id: 'images.fetch',
      label: 'Fetch image',
      hint: 'From an address, with its checksum',
      words: 'iso download import url provisioning',
      href: `${addresses.images}?fetch=open`,
    },
  ],
  sources: [
    {
      title: 'Images',
      scope: 'other',
      find: async (text, signal) => {
        const wanted = text.trim().toLowerCase();
        const { images: all } = await client.images.list(undefined, { signal });
        return all
          .filter((image) => [imageLabel(image), image.category, image.sha256].some((each) => each.toLowerCase().includes(wanted)))
          .slice(0, wanted === '' ? 3 : 8)
          .map((image) => ({
            id: `image ${image.id}`,
            label: imageLabel(image),
            hint: image.category,
            icon: createElement(Disc3),
            href: addresses.image(image.id),
          }));
      },
    },
  ],
};
