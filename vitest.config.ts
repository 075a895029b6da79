import { defineConfig } from 'vitest/config';
import { assetPath } from './scripts/vite/asset-path.ts';
import { modulePath } from './scripts/vite/module-path.ts';

const sources = ['src-*/**', 'packages/*/src/**', 'packages/*/test/**', 'packages/*/*', 'scripts/**', 'bench/**'];
const peers = 'packages/ipmi-js/**/*.int.test.ts';
const elsewhere = ['**/node_modules/**', 'out/**', 'dist/**', '.out-*/**'];

const inCi = process.env['CI'] !== undefined;

// unit: no process, no network, milliseconds. integration: real Robot, real files, real sockets. gates: the nets catch what they are for.
// peers: ipmi-js against other makers' clients and BMCs, one file at a time, because those programs and the bounds on lost packets are theirs alone.
export default defineConfig({
  plugins: [modulePath(), assetPath()],
  test: {
    retry: inCi ? 1 : 0, // what passes only then is named at the end of `npm test`: a race to be found
    reporters: inCi ? [['default', { summary: false }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: sources.map((folder) => `${folder}/*.test.{ts,tsx}`),
          exclude: [...elsewhere, '**/*.int.test.ts', '**/*.gate.test.ts'],
          testTimeout: 20_000, // two cores that lint, compile and test at once
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/*.int.test.ts`),
          exclude: [...elsewhere, peers],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'peers',
          include: [peers],
          exclude: elsewhere,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'gates', include: ['scripts/**/*.gate.test.ts'], exclude: elsewhere, testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
