import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const suffix = '?modulePath';
const folder = join(import.meta.dirname, '../../.tsbuild/jobs');
/** The last two are native helpers that ssh2 does without. */
const outside = ['electron', 'better-sqlite3', 'piscina', 'cpu-features', /sshcrypto\.node$/];
/** What CommonJS packages expect, as electron-vite gives it to the app. */
const shim = 'const __dirname = import.meta.dirname, __filename = import.meta.filename;';

/** Gives tests what electron-vite gives the app: `import path from './x.job?modulePath'` is the path of that file, bundled. */
export function modulePath(): Plugin {
  return {
    name: 'atn:module-path',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(suffix)) return null;
      const found = await this.resolve(id.slice(0, -suffix.length), importer, { skipSelf: true });
      return found === null ? null : found.id + suffix;
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const file = await bundle(id.slice(0, -suffix.length));
      return `export default ${JSON.stringify(file)};`;
    },
  };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    plugins: [modulePath()], // a job may name further ones
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, write: false, minify: false, target: 'node20', rollupOptions: { external: outside, output: { banner: shim } } },
  });
  const first = [result].flat().flatMap((each) => ('output' in each ? each.output : []))[0];
  if (first?.type !== 'chunk') throw new Error(`${entry} could not be bundled`);
  const file = join(folder, `${createHash('sha256').update(first.code).digest('hex').slice(0, 16)}.mjs`);
  if (!existsSync(file)) place(file, first.code);
  return file;
}

/** Several test files may bundle the same job at once: each writes its own file and renames it. */
function place(file: string, code: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
}
