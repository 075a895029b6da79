// `npm run check`: everything that can be said about the sources without running them. Fails when any step fails.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure } from './bootstrap/ensure.mjs';
import { toolsPython } from './bootstrap/python.mjs';
import { root, sourceFolders } from './lib/places.mjs';
import { script } from './lib/run.mjs';
import { runSteps } from './lib/stages.mjs';

const node = (/** @type {string} */ file, /** @type {string[]} */ ...parameters) => [process.execPath, join(root, file), ...parameters];
const cruised = [...sourceFolders, 'scripts', 'e2e', 'bench'];
const python = join(root, 'resources', 'robot');

/** ESLint with types uses one core only: two halves, each with the cache of its own, use both. */
const lint = (/** @type {string} */ half, /** @type {string[]} */ ...parameters) =>
  node('node_modules/eslint/bin/eslint.js', ...parameters, '--cache', '--cache-location', `.tsbuild/eslint-${half}/`);

// The longest first, so that the short ones fill the other core.
const steps = [
  { name: 'lint, all but the window (eslint)', command: lint('rest', '.', '--ignore-pattern', 'src-renderer/**') },
  { name: 'lint, the window (eslint)', command: lint('window', 'src-renderer') },
  { name: 'types (tsc -b)', command: node('node_modules/typescript-native/bin/tsc', '-b') },
  { name: 'who imports whom (dependency-cruiser)', command: node('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...cruised) },
  { name: 'nothing dead (knip)', command: node('node_modules/knip/bin/knip.js') },
  {
    name: 'format (prettier)',
    command: node(
      'node_modules/prettier/bin/prettier.cjs',
      '.',
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      '.tsbuild/prettier',
    ),
  },
  { name: 'documents name what exists', command: node('scripts/check-docs.mjs') },
  { name: 'dependency graph is fresh', command: node('scripts/dependency-graph.mjs', '--check') },
  { name: 'contrast of colours', command: node('scripts/check-contrast.mjs') },
  { name: 'python lint (ruff)', command: [toolsPython, '-m', 'ruff', 'check', '.'], options: { cwd: python } },
];

export const check = () =>
  runSteps(
    steps.map(({ name, command, ...rest }) => ({ name, command, options: { cwd: root, ...('options' in rest ? rest.options : {}) } })),
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async () => {
    await ensure('check');
    const { failed } = await check();
    if (failed > 0) throw new Error(`${failed} of ${steps.length} checks failed.`);
  });
}
