// Draws which folder imports which into ARCHITECTURE.md, from what dependency-cruiser finds. `--check`: fails when the drawing is not of today.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFolders } from './lib/places.mjs';
import { must, script } from './lib/run.mjs';

const document = join(root, 'ARCHITECTURE.md');
const begin = '<!-- dependency graph: drawn by scripts/dependency-graph.mjs -->';
const end = '<!-- end of the dependency graph -->';

await script(async () => {
  const text = readFileSync(document, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`ARCHITECTURE.md lacks the line ${begin} or ${end}`);
  const drawn = `${before}${begin}\n\n\`\`\`mermaid\n${await draw()}\n\`\`\`\n\n${end}${after}`;
  if (drawn === text) return;
  if (process.argv.includes('--check'))
    throw new Error('The dependency graph in ARCHITECTURE.md is not of today. Type: node scripts/dependency-graph.mjs');
  writeFileSync(document, drawn);
});

async function draw() {
  const cruise = [process.execPath, join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--output-type', 'json'];
  const { modules } = JSON.parse(await must([...cruise, ...sourceFolders], { cwd: root }));
  const edges = new Set(modules.flatMap(edgesOf));
  return ['flowchart LR', ...[...edges].sort()].join('\n');
}

/** @param {{ source: string, dependencies: Array<{ resolved: string }> }} module */
function edgesOf({ source, dependencies }) {
  const from = placeOf(source);
  const to = dependencies.map(({ resolved }) => placeOf(resolved));
  return to.filter((place) => from && place && place !== from).map((place) => `  ${from} --> ${place}`);
}

/** Folders, and the one file that joins them; tests and the small files beside compose.ts that everybody may use are left out. */
function placeOf(/** @type {string} */ path) {
  if (/\.test\.tsx?$|\/test\//.test(path)) return undefined;
  if (path === 'src-main/compose.ts') return 'compose';
  return /^(src-shared|packages\/[^/]+|src-(?:main|renderer|hub)\/[^/]+(?=\/))/.exec(path)?.[1];
}
