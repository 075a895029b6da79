import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contextsOf } from './line-contexts.ts';
import { tokensOf } from './tokens.ts';

const SUITE = [
  'Words before the first section',
  '*** Settings ***',
  'Documentation    Cooling of ${SUT}',
  '...              in two lines',
  'Library          ATN    # ours',
  '*** Variables ***',
  '@{FANS}          FAN 1    FAN 2',
  '*** Test Cases ***',
  'Fans Spin',
  '    [Documentation]    All of them.',
  '    ...    Each one.',
  '    ${t}=    Read    name=${psu}[0] Input    \\${no}',
  '    FOR    ${x}    IN    1',
  '    END',
  '*** Comments ***',
  'anything ${here}',
];

/** `kind:text` of every part that is not blank. */
function shown(place: number): string[] {
  const context = contextsOf(SUITE)[place];
  if (context === undefined) throw new Error('no such line');
  return tokensOf(SUITE[place] ?? '', context)
    .filter(({ text }) => text.trim() !== '')
    .map(({ kind, text }) => `${kind}:${text}`);
}

test('sections, settings and their documentation', () => {
  expect(shown(0)).toEqual(['comment:Words before the first section']);
  expect(shown(1)).toEqual(['section:*** Settings ***']);
  expect(shown(2)).toEqual(['setting:Documentation', 'string:Cooling of ${SUT}']);
  expect(shown(3)).toEqual(['plain:...', 'string:in two lines']);
  expect(shown(4)).toEqual(['setting:Library', 'plain:ATN', 'comment:# ours']);
  expect(shown(6)).toEqual(['variable:@{FANS}', 'plain:FAN 1', 'plain:FAN 2']);
});

test('names, settings, variables and control words of a case', () => {
  expect(shown(8)).toEqual(['name:Fans Spin']);
  expect(shown(9)).toEqual(['setting:[Documentation]', 'string:All of them.']);
  expect(shown(10)).toEqual(['plain:...', 'string:Each one.']);
  expect(shown(11)).toEqual([
    'variable:${t}',
    'plain:=',
    'plain:Read',
    'plain:name=',
    'variable:${psu}[0]',
    'plain: Input',
    'plain:\\${no}',
  ]);
  expect(shown(12)).toEqual(['control:FOR', 'variable:${x}', 'control:IN', 'plain:1']);
  expect(shown(13)).toEqual(['control:END']);
});

test('a section of comments is a comment, its head is not', () => {
  expect(shown(14)).toEqual(['section:*** Comments ***']);
  expect(shown(15)).toEqual(['comment:anything ${here}']);
});

test('cells divided by pipes', () => {
  const [, context] = contextsOf(['*** Test Cases ***', '| Fans Spin |']);
  if (context === undefined) throw new Error('no such line');
  expect(tokensOf('| Fans Spin |', context).map(({ kind }) => kind)).toEqual(['plain', 'name', 'plain']);
  expect(tokensOf('| | Log | ${x} |', context).find(({ kind }) => kind === 'variable')?.text).toBe('${x}');
});

test('the parts of any line are the line', () => {
  const piece = fc.constantFrom(
    '***',
    ' ',
    '    ',
    '\t',
    '|',
    ' | ',
    '${',
    '}',
    '[',
    ']',
    '...',
    '#',
    '\\',
    'FOR',
    'Log',
    '@{x}',
    '%{y}[0]',
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece).map((parts) => parts.join(''))), (lines) => {
      const contexts = contextsOf(lines);
      lines.forEach((line, place) => {
        const context = contexts[place];
        if (context === undefined) throw new Error('a line without context');
        expect(
          tokensOf(line, context)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line);
      });
    }),
  );
});
