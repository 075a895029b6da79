import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anchorOf, findInGuide } from './find-in-guide.ts';
import { GUIDE, readPage } from './guide-pages.ts';

const PAGES = [
  {
    name: 'a',
    title: 'First',
    text: '# First\n\nHow one begins, with `atn run`.\n\n## The *board*\n\nDrag over an [empty stretch](b.md) to reserve.\n',
  },
  { name: 'b', title: 'Second', text: '# Second\n\n## Reserve a machine\n\n```sh\n# not a heading\natn reservations add demo-01\n```\n' },
];

it('finds sections that hold every word, headings first, with the words around', () => {
  expect(findInGuide(PAGES, 'RESERV').map(({ page, heading, anchor }) => [page, heading, anchor])).toEqual([
    ['b', 'Reserve a machine', 'reserve-a-machine'],
    ['a', 'The board', 'the-board'],
  ]);
  expect(findInGuide(PAGES, 'empty reserve')[0]?.around).toEqual(['Drag over an ', 'empty', ' stretch to reserve.']);
  expect(findInGuide(PAGES, 'empty heading')).toEqual([]);
  expect(findInGuide(PAGES, '   ')).toEqual([]);
  expect(findInGuide(PAGES, 'not a heading')[0]?.heading).toBe('Reserve a machine');
});

it('finds what the guide tells about, and shows text and no Markdown', async () => {
  const pages = await Promise.all(GUIDE.map(async ({ name, title }) => ({ name, title, text: (await readPage(name)) ?? '' })));
  expect(findInGuide(pages, 'quarantine').concat(findInGuide(pages, 'set aside')).length).toBeGreaterThan(0);
  expect(findInGuide(pages, 'databaseUrl')[0]).toMatchObject({ page: 'hub', heading: 'Settings' });
  for (const hit of findInGuide(pages, 'atn')) expect(hit.around.join('')).not.toMatch(/```|\]\(/u);
});

it('shows what was looked for as it stands in the text', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zäß]{1,8}$/u), { minLength: 1, maxLength: 60 }), fc.nat(), (words, n) => {
      const wanted = words[n % words.length] ?? '';
      const [hit] = findInGuide([{ name: 'p', title: '', text: words.join(' ') }], wanted);
      expect(hit?.around[1]).toBe(wanted);
      expect(words.join(' ')).toContain(hit?.around.join('').replace(/^… | …$/gu, ''));
    }),
  );
});

it('makes anchors of any script', () => {
  expect(anchorOf('Wer hält was?')).toBe('wer-hält-was');
});
