import { expect, it } from 'vitest';
import { addressOfPicture, GUIDE, pageOfLink, readPage } from './guide-pages.ts';

it('has every page that it lists', async () => {
  for (const { name } of GUIDE) expect(await readPage(name), name).toMatch(/^# /);
  expect(await readPage('../secret')).toBeNull();
});

it('leads from page to page, and nowhere else', async () => {
  expect(pageOfLink('local-tester.md')).toBe('local-tester');
  expect(pageOfLink('../hub.md#settings')).toBe('hub');
  expect(pageOfLink('https://evil.example/hub.md')).toBeNull();
  expect(pageOfLink('javascript:alert(1)')).toBeNull();
  expect(pageOfLink('../../README.md')).toBe('README');
  for (const { name } of GUIDE) {
    const text = (await readPage(name)) ?? '';
    const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/gu)].map(([, source = '']) => source);
    for (const source of pictures) expect(addressOfPicture(source), `${name}: ${source}`).toBeDefined();
  }
});
