import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doors } from '../lint/doors.ts';
import { buildHouse, type House } from './house.ts';

const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
const statements = (count: number) => lines(count, (index) => `  console.log(${index});`);

/** Rule, file and what is wrong in it. */
const offences: Array<[rule: string, file: string, content: string]> = [
  ['@typescript-eslint/no-explicit-any', 'src-main/any.ts', 'export const a = (b: any) => String(b);'],
  ['@typescript-eslint/no-floating-promises', 'src-main/floating.ts', 'Promise.resolve(1);\nexport {};'],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'src-main/switch.ts',
    "export function f(a: 'b' | 'c') {\n  switch (a) {\n    case 'b':\n      return 1;\n  }\n  return 2;\n}",
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    'src-main/types.ts',
    "import { Stats } from 'node:fs';\nexport const size = (file: Stats) => file.size;",
  ],
  ['eqeqeq', 'src-main/equal.ts', 'export const same = (a: number, b: number) => a == b;'],
  ['no-warning-comments', 'src-main/later.ts', '// to' + 'do: later\nexport {};'],
  ['advice/max-lines', 'src-main/longish.ts', lines(251, (index) => `export const a${index} = ${index};`)],
  ['advice/max-lines-per-function', 'src-main/longish-function.ts', `export function f() {\n${statements(51)}\n}`],
  ['max-lines', 'src-main/long.ts', lines(401, (index) => `export const a${index} = ${index};`)],
  ['max-lines-per-function', 'src-main/function.ts', `export function f() {\n${statements(81)}\n}`],
  ['max-lines-per-function', 'src-renderer/kit/Large.tsx', `export function Large() {\n${statements(151)}\n  return null;\n}`],
  ['max-params', 'src-main/many.ts', 'export const f = (a: number, b: number, c: number, d: number) => a + b + c + d;'],
  ['no-restricted-globals', 'src-shared/impure.ts', 'export const now = () => process.pid;'],
  [
    'react-hooks/rules-of-hooks',
    'src-renderer/kit/Hook.tsx',
    "import { useState } from 'react';\nexport function Hook({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}",
  ],
  [
    'react-hooks/exhaustive-deps',
    'src-renderer/kit/Deps.tsx',
    "import { useEffect } from 'react';\nexport function Deps({ on }: { on: () => void }) {\n  useEffect(() => on(), []);\n  return null;\n}",
  ],
];
const throughTheDoor = doors.map(({ modules, instead }, index) => ({
  file: `src-main/services/door-${index}.ts`,
  module: modules[0] ?? '',
  instead,
}));

let house: House;
let found: Array<{ filePath: string; messages: Array<{ ruleId: string | null; message: string }> }>;

beforeAll(async () => {
  house = buildHouse({
    'tsconfig.json': JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { jsx: 'react-jsx', types: ['node'], lib: ['ES2023', 'DOM'] },
      include: ['src-*/**/*'],
    }),
    ...Object.fromEntries(offences.map(([, file, content]) => [file, `${content}\n`])),
    ...Object.fromEntries(throughTheDoor.map(({ file, module }) => [file, `import '${module}';\n`])),
    'src-main/store/allowed.test.ts': "import 'better-sqlite3';\nimport 'node:child_process';\n",
  });
  found = JSON.parse(
    await house.complaint('node_modules/eslint/bin/eslint.js', '--format', 'json', 'src-main', 'src-renderer', 'src-shared'),
  ) as typeof found;
});
afterAll(() => house.remove());

const said = (file: string) => found.find(({ filePath }) => filePath.endsWith(`/${file}`))?.messages ?? [];

describe('lint', () => {
  it.each(offences)('%s is caught in %s', (rule, file) => {
    expect(said(file).map(({ ruleId }) => ruleId)).toContain(rule);
  });
  it.each(throughTheDoor)('$module has one door, and the message says which', ({ file, instead }) => {
    expect(said(file)).toEqual([
      expect.objectContaining({ ruleId: 'no-restricted-imports', message: expect.stringContaining(instead) as string }),
    ]);
  });
  it('the door itself is open, in tests too', () => {
    expect(said('src-main/store/allowed.test.ts')).toEqual([]);
  });
});
