import type { KnipConfig } from 'knip';

// What nothing imports is dead. Entries are the programs; tests and configuration files are found by knip itself.
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: [
        'src-main/desktop/{index,preload}.ts',
        'src-main/**/*.{job,thread}.ts',
        'src-hub/**/*.thread.ts',
        'scripts/*.mjs',
        'scripts/lib/troubles-reporter.mjs', // named to Vitest by path
        'e2e/**/*.spec.ts',
        'bench/*.{ts,mjs}',
        '**/*.{int,gate}.test.ts',
      ],
      project: ['src-*/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}', 'e2e/**/*.ts', 'bench/**/*.{ts,mjs}'],
    },
    'packages/*': { entry: ['test/**/*.test.ts'], project: ['src/**/*.ts'] },
    'packages/ipmi-js': { entry: ['src/cli/main.ts', 'bin/*.mjs', '{bench,pack}/**/*', 'test/**/*.ts'], project: ['src/**/*.ts'] },
  },
  playwright: { config: ['e2e/playwright.config.ts'] },
  ignoreExportsUsedInFile: true,
  // Started by path from scripts and tests, or imported by style sheets.
  ignoreDependencies: [
    '@electron/asar',
    'allure',
    'dependency-cruiser',
    'electron-builder',
    'prettier',
    '@fontsource-variable/inter',
    '@fontsource-variable/jetbrains-mono',
  ],
  // A type may be exported because a reader needs its name; values may not. Programs of the system are not npm's.
  exclude: ['types', 'enumMembers', 'duplicates', 'binaries'],
};
export default config;
