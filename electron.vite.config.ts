import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { assetPath } from './scripts/vite/asset-path.ts';

// One build makes everything: the desktop process, the plain-Node command line and server, the preload and the renderer. Only what cannot
// be bundled stays outside: native code and what starts threads from files of its own. All other packages, ESM-only ones included, are
// bundled, because the Node inside Electron cannot require() an ES module and because the packaged app then carries four packages, not four hundred.
// ssh2 looks for native helpers and does without them.
const outside = [
  'electron',
  /^electron\/.+/,
  'better-sqlite3',
  'piscina',
  'bufferutil',
  'utf-8-validate',
  'pg-native',
  'cpu-features',
  /sshcrypto\.node$/,
];
const from = (path: string) => resolve(import.meta.dirname, path);
const outDir = process.env['ATN_BUILD_FOLDER'] ?? 'out';

/** Pages have addresses of several parts (/runs/7), so the built files must be named from the root; the tool would name them from the page. */
const rootedPages = { name: 'rooted-pages', config: () => ({ base: '/' }) };

export default defineConfig({
  main: {
    plugins: [assetPath()],
    build: {
      outDir: `${outDir}/main`,
      externalizeDeps: false,
      rollupOptions: {
        external: outside,
        input: { index: from('src-main/desktop/index.ts'), atn: from('src-main/headless/atn.ts'), hub: from('src-hub/app/hub.ts') },
      },
    },
  },
  preload: {
    build: {
      outDir: `${outDir}/preload`,
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: from('src-main/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // a sandboxed preload must be CommonJS
      },
    },
  },
  renderer: {
    root: from('src-renderer'),
    plugins: [react(), rootedPages],
    build: {
      minify: true,
      assetsInlineLimit: 0, // the page's policy takes fonts from files only
      chunkSizeWarningLimit: 1000, // kB; it is read from disk, not from a network
      outDir: from(`${outDir}/renderer`),
      rollupOptions: { input: from('src-renderer/index.html') },
    },
  },
});
