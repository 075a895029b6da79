// node bench/run.mjs NAME [arguments]: bundles bench/NAME.bench.ts and runs it in a process of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = '', ...rest] = process.argv.slice(2);
mkdirSync(join(root, '.tsbuild'), { recursive: true });
const folder = mkdtempSync(join(root, '.tsbuild', 'bench-'));

try {
  const entry = join(root, 'bench', `${name}.bench.ts`);
  await build({ root, configFile: join(root, 'bench.config.ts'), build: { ssr: entry, outDir: folder } });
  const child = spawn(process.execPath, [join(folder, 'bench.mjs'), ...rest], { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
