// Points the exports of package.json at dist (for a package to be published) or at src (for work in this repository).
// node pack/exports.mjs dist|src, run by npm before and after it packs.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package.json', import.meta.url);
const manifest = JSON.parse(readFileSync(file, 'utf8'));
const entries = { '.': 'index', './sim': 'sim/index' };
const target = process.argv[2];
if (target !== 'dist' && target !== 'src') throw new Error('dist or src is wanted');
manifest.exports = Object.fromEntries(
  Object.entries(entries).map(([name, path]) => [
    name,
    target === 'src' ? `./src/${path}.ts` : { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` },
  ]),
);
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
