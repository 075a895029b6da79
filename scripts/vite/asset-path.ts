import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';

const suffix = '?asset';
const prefix = '\0atn-asset:';

/**
 * `import path from 'x/y.css?asset'` is the path of that file, carried along with the build (in tests: where it lies). electron-vite has
 * the same for other files; a style sheet it hands on to the CSS pipeline as well, which chokes. The id hides the name from everyone else.
 */
export function assetPath(): Plugin {
  const files = new Map<string, string>();
  let building = false;
  return {
    name: 'atn:asset-path',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build';
    },
    async resolveId(id, importer) {
      if (!id.endsWith(suffix)) return null;
      const found = await this.resolve(id.slice(0, -suffix.length), importer, { skipSelf: true });
      if (found === null) return null;
      const hidden = prefix + createHash('sha256').update(found.id).digest('hex').slice(0, 8);
      files.set(hidden, found.id);
      return hidden;
    },
    load(id) {
      const file = files.get(id);
      if (file === undefined) return null;
      if (!building) return `export default ${JSON.stringify(file)};`;
      const reference = this.emitFile({ type: 'asset', name: basename(file), source: readFileSync(file) });
      return `import { fileURLToPath } from 'node:url';\nexport default fileURLToPath(import.meta.ROLLUP_FILE_URL_${reference});`;
    },
  };
}
