import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFor } from './static-files.ts';

const folder = `${sep}srv${sep}pages`;

describe('files of the page', () => {
  it('answers the page for addresses of the app and the file for names with an extension', () => {
    expect(fileFor(folder, '/')).toBe(`${folder}${sep}index.html`);
    expect(fileFor(folder, '/runs/0193')).toBe(`${folder}${sep}index.html`);
    expect(fileFor(folder, '/assets/index-1a2b.js')).toBe(`${folder}${sep}assets${sep}index-1a2b.js`);
  });
  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.js', '/a%00.js', '/%', '/..%2f..%2fsecret.js'])(
    'has nothing at %s',
    (path) => {
      expect(fileFor(folder, path)).toBeNull();
    },
  );
  it('never names a file outside its folder', () => {
    const part = fc.constantFrom('..', '.', 'a', 'b.js', '%2e%2e', '%2f', '%5c', '\\', '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const file = fileFor(folder, `/${parts.join('/')}`);
        expect(file === null || file.startsWith(folder + sep)).toBe(true);
      }),
    );
  });
});
