import { defineConfig } from '@playwright/test';

// Specs are named by the row they prove (A1, S6, …); `npm test` packages the app and gives them a screen.
export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results/e2e',
  fullyParallel: false,
  workers: 1, // one packaged app at a time: figures and focus are measured on two cores
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: process.env['CI'] === undefined ? 0 : 1, // what passes only then is named at the end of `npm test`
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
});
