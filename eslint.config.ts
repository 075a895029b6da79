import type { ESLint, Linter } from 'eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import { doorRules } from './scripts/lint/doors.ts';

/** The same measures twice: from the first on a warning that is counted, at the second the end. */
const advice = {
  rules: Object.fromEntries(['max-lines', 'max-lines-per-function'].map((name) => [name, builtinRules.get(name)])),
} as ESLint.Plugin;
const counting = { skipBlankLines: true, skipComments: true };

const sizes = (file: number, block: number): Linter.RulesRecord => ({
  'max-lines': ['error', { max: file, ...counting }],
  'max-lines-per-function': ['error', { max: block, ...counting }],
  'max-params': ['error', 3],
});

export default defineConfig(
  globalIgnores(['**/node_modules/', 'out/', '.out-*/', '**/dist/', '.tsbuild/', 'resources/', 'coverage/', 'test-results/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { advice },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      // Objects here are made of closures as often as of classes; the rule cannot tell them apart.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      ...sizes(400, 80),
      'advice/max-lines': ['warn', { max: 250, ...counting }],
      'advice/max-lines-per-function': ['warn', { max: 50, ...counting }],
    },
  },
  { files: ['**/*.tsx'], rules: { ...sizes(400, 150), 'advice/max-lines-per-function': 'off' } },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      // Both are advice for the React compiler, which is not used here.
      'react-hooks/set-state-in-effect': 'off',
      'react-hooks/incompatible-library': 'off',
    },
  },
  // A suite of tests is one function in the eyes of a counter.
  { files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'advice/max-lines-per-function': 'off' } },
  ...doorRules,
);
