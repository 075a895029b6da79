// Bundles each bench (Node 20 reads no TypeScript) and runs it alone. node bench/run.mjs [WORD]: only benches whose name has the word.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'ipmi-js-bench-'));
const word = process.argv[2] ?? '';
let failed = false;
try {
  for (const name of readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.bench.ts') && file.includes(word))) {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: join(root, 'bench', name),
        outDir: out,
        emptyOutDir: false,
        minify: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
      },
    });
    const { status } = spawnSync(process.execPath, [join(out, `${name}.mjs`)], { cwd: root, stdio: 'inherit' });
    failed ||= status !== 0;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
