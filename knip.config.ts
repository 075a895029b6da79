import type { KnipConfig } from 'knip';

// What nothing imports is dead. Entries are the programs; tests and configuration files are found by knip itself.
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: [
        'src-main/desktop/{index,preload}.ts',
        'src-main/headless/atn.ts',
        'src-main/**/*.job.ts',
        'src-renderer/main.tsx',
        'scripts/*.mjs',
        'e2e/**/*.spec.ts',
        'bench/*.{ts,mjs}',
        '**/*.{int,gate}.test.ts',
      ],
      project: ['src-*/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}', 'e2e/**/*.ts', 'bench/**/*.{ts,mjs}'],
    },
    'packages/*': { entry: ['src/index.ts', 'test/**/*.test.ts'], project: ['src/**/*.ts'] },
    'packages/ipmi-js': {
      entry: ['src/index.ts', 'src/sim/index.ts', 'bin/*.mjs', 'bench/*', 'pack/*', 'test/**/*.ts'],
      project: ['src/**/*.ts'],
    },
  },
  // A type may be exported because a reader needs its name; values may not.
  exclude: ['types', 'enumMembers', 'duplicates'],
  ignoreBinaries: ['apt-get'],
};
export default config;
