import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { onlyWord, readCommandLine, wholeNumber } from './command-line.ts';
import { UsageError } from './usage.ts';

const read = (...parameters: string[]) => readCommandLine(parameters, {});

describe('the command line', () => {
  it('takes the command, its word, its options and what stands behind the divider', () => {
    const line = read('run', 'suites', '--sut', 'a', '--sut', 'b', '--json', '--home', '/h', '--', '--loglevel', 'TRACE');
    const values = line.options({ sut: { type: 'string', multiple: true } });
    expect(values.sut).toEqual(['a', 'b']);
    expect(onlyWord(line, 'PATH')).toBe('suites');
    expect(line).toMatchObject({ command: 'run', json: true, home: resolve('/h'), rest: ['--loglevel', 'TRACE'] });
  });
  it('takes the home from the option, then ATN_HOME, then the desktop app', () => {
    expect(readCommandLine(['runs', '--home', '/a'], { ATN_HOME: '/b' }).home).toBe(resolve('/a'));
    expect(readCommandLine(['runs'], { ATN_HOME: '/b' }).home).toBe(resolve('/b'));
    expect(readCommandLine(['runs'], {}).home).not.toBe('');
  });
  it('has no command where the first word is an option', () => {
    expect(read('--help')).toMatchObject({ command: null, help: true });
    expect(read()).toMatchObject({ command: null, help: false });
  });
  it.each([
    ['run', []],
    ['run', ['a', 'b']],
    ['run', ['a', '--nonsense']],
    ['run', ['a', '--timeout', 'soon']],
    ['run', ['a', '--timeout', '0']],
    ['run', ['a', '--sut']],
    ['runs', ['--verdict', 'green']],
    ['runs', ['--limit', '-1']],
    ['show', []],
    ['stop', ['--now']],
    ['report', ['last', '--form', 'zip']],
    ['report', ['last', '--to', 'x', '--form', 'pdf']],
    ['doctor', ['--fix']],
    ['reservations', ['steal']],
    ['reservations', ['add', 'a']],
    ['reservations', ['add', 'a', '--for', 'soon']],
    ['reservations', ['add', '--open']],
    ['reservations', ['extend', 'x']],
    ['reservations', ['hand-over', 'x']],
  ])('refuses %s %j before any harness is asked', (name, parameters) => {
    expect(() => COMMANDS[name]?.(read(name, ...parameters))).toThrow(UsageError);
  });
});

describe('whole numbers', () => {
  it('are whole, and not below the least', () => {
    expect(wholeNumber('12', 'timeout', 1)).toBe(12);
    expect(wholeNumber(undefined, 'timeout')).toBeUndefined();
    for (const text of ['1.5', '', '1e999', 'x']) expect(() => wholeNumber(text, 'timeout', 1)).toThrow(UsageError);
  });
});
