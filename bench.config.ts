import { defineConfig } from 'vite';
import { assetPath } from './scripts/vite/asset-path.ts';
import { modulePath } from './scripts/vite/module-path.ts';

const outside = ['electron', 'better-sqlite3', 'piscina', 'ssh2', 'playwright', 'ws'];

/** A bench is bundled as the app is, for Node 20 reads no TypeScript; threads and jobs get files of their own. */
export default defineConfig({
  plugins: [modulePath(), assetPath()],
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    minify: false,
    target: 'node20',
    rollupOptions: { external: outside, output: { entryFileNames: 'bench.mjs' } },
  },
});
