import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSteps } from '../lib/stages.mjs';
import { buildHouse, type House } from './house.ts';

const root = join(import.meta.dirname, '../..');
const real = (file: string) => readFileSync(join(root, file), 'utf8');
const houses: House[] = [];
const house = (offences: Record<string, string>) => {
  const built = buildHouse(offences);
  houses.push(built);
  return built;
};
afterAll(() => houses.forEach((built) => built.remove()));

describe('types', () => {
  it.each([
    ['src-shared', 'export const a = process.pid;', "Cannot find name 'process'"],
    ['src-shared', 'export const a = document.title;', "Cannot find name 'document'"],
    ['src-renderer', 'export const a = process.pid;', "Cannot find name 'process'"],
  ])('%s does not know: %s', async (project, content, complaint) => {
    const built = house({
      [`${project}/tsconfig.json`]: real(`${project}/tsconfig.json`),
      [`${project}/offence.ts`]: content,
      'src-shared/fine.ts': 'export {};',
      'src-shared/tsconfig.json': real('src-shared/tsconfig.json'),
    });
    expect(await built.complaint('node_modules/typescript-native/bin/tsc', '-p', project, '--noEmit')).toContain(complaint);
  });
});

it('what nothing uses is found', async () => {
  const built = house({
    'src-main/headless/atn.ts': "import { used } from './part.ts';\nused();\n",
    'src-main/headless/part.ts': 'export const used = () => 1;\nexport const unusedExport = 2;\n',
    'src-main/services/unused-file.ts': 'export const alone = 1;\n',
  });
  const said = await built.complaint('node_modules/knip/bin/knip.js', '--no-config-hints');
  expect(said).toContain('src-main/services/unused-file.ts');
  expect(said).toContain('unusedExport');
  expect(said).toMatch(/Unused devDependencies[^]+fast-check/);
});

it('a file that is not formatted is named', async () => {
  const said = await house({ 'src-main/crooked.ts': 'export const  a={b :1}\n' }).complaint(
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    'src-main',
  );
  expect(said).toContain('src-main/crooked.ts');
});

it('a document that names what does not exist is caught', async () => {
  const text =
    'See `src-main/nowhere.ts`, `docs/`, [this](absent.md), `npm run nothing` and `npm run check`; `src-main/<domain>/verb.ts` is a pattern.';
  const said = await house({ 'GUIDE.md': text, 'docs/x.md': '', 'src-main/a.ts': '' }).complaint('scripts/check-docs.mjs');
  expect(said.trim().split('\n')).toEqual([
    'GUIDE.md names src-main/nowhere.ts, which does not exist',
    'GUIDE.md names absent.md, which does not exist',
    'GUIDE.md names npm run nothing, which does not exist',
  ]);
});

it('colours that cannot be told apart are caught, in the theme they belong to', async () => {
  const tokens = real('src-renderer/kit/tokens.css');
  const dark = tokens.search(/\[data-mantine-color-scheme=["']dark["']\]/);
  expect(dark).toBeGreaterThan(0);
  const faint = tokens.slice(0, dark) + tokens.slice(dark).replace(/--fg-3:\s*#[0-9a-f]{6}/, '--fg-3: #3a3f44');
  const said = await house({ 'src-renderer/kit/tokens.css': faint }).complaint('scripts/check-contrast.mjs');
  expect(said).toMatch(/^dark: --fg-3 on --bg has \d\.\d\d:1, needs 4\.5:1$/m);
  expect(said).not.toContain('light:');
});

it('a drawing of yesterday is caught', async () => {
  const architecture = '<!-- dependency graph: drawn by scripts/dependency-graph.mjs -->\nold\n<!-- end of the dependency graph -->\n';
  const sources = {
    'src-shared/a.ts': '',
    'src-main/api/b.ts': "import '../../src-shared/a.ts';",
    'src-renderer/a.ts': '',
    'src-hub/a.ts': '',
    'packages/a/b.ts': '',
  };
  expect(await house({ 'ARCHITECTURE.md': architecture, ...sources }).complaint('scripts/dependency-graph.mjs', '--check')).toContain(
    'not of today',
  );
});

it('a failed check is counted', async () => {
  const step = (name: string, code: number) => ({ name, command: [process.execPath, '-e', `process.exit(${code})`] });
  expect(await runSteps([step('good', 0), step('planted: bad', 3), { name: 'planted: absent', command: ['/no/such/program'] }])).toEqual({
    passed: 1,
    failed: 2,
  });
});
