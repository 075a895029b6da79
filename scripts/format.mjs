// `npm run format`: prettier over everything, ruff over the Python side.
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { toolsPython } from './bootstrap/python.mjs';
import { root } from './lib/places.mjs';
import { must, script } from './lib/run.mjs';

await script(async () => {
  await ensure('check');
  await must([process.execPath, join(root, 'node_modules/prettier/bin/prettier.cjs'), '.', '--write', '--log-level', 'warn'], {
    cwd: root,
  });
  await must([toolsPython, '-m', 'ruff', 'format', '.'], { cwd: join(root, 'resources', 'robot') });
});
