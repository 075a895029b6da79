import { describe, expect, it } from 'vitest';
import { parseImports } from './parse-imports.ts';

describe('imports of a suite', () => {
  it('are found in its settings, whatever separates the cells', () => {
    const text = [
      '*** Settings ***',
      'Library    SSHLibrary    timeout=5',
      'library\tProcess  WITH NAME  P',
      '| Library | OperatingSystem |',
      'Resource   common/keywords.resource',
      'Variables  vars.py   argument',
      'Library',
      'Library    # nothing',
      'Documentation    Library    NotThis',
      '...    Library    NorThis',
      '*** Test Cases ***',
      'Library    Neither',
    ].join('\n');
    expect(parseImports(text).map(({ kind, name, line }) => `${line} ${kind} ${name}`)).toEqual([
      '2 library SSHLibrary',
      '3 library Process',
      '4 library OperatingSystem',
      '5 resource common/keywords.resource',
      '6 variables vars.py',
    ]);
  });
  it('are found where keywords import them', () => {
    const text =
      '*** Test Cases ***\nOne\n    Import Library    my.Lib    x\n    BuiltIn.Import_Resource    ${CURDIR}/a.resource\n    Log    Import\n';
    expect(parseImports(text)).toEqual([
      { kind: 'library', name: 'my.Lib', line: 3 },
      { kind: 'resource', name: '${CURDIR}/a.resource', line: 4 },
    ]);
  });
  it('survive Windows line ends and an old header', () => {
    expect(parseImports('*Setting*\r\nLibrary  Telnet\r\n')).toEqual([{ kind: 'library', name: 'Telnet', line: 2 }]);
  });
});
