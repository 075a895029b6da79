import { describe, expect, it } from 'vitest';
import { hasOption, refuseOptions, writeArgumentFile } from './command-line.ts';

const selection = { include: [], exclude: [], suites: [], tests: [] };
const base = { suiteName: null, selection, variables: [], robotOptions: [], outputDirectory: '/runs/1/output' };
const linesOf = (extra: Partial<Parameters<typeof writeArgumentFile>[0]>) => writeArgumentFile({ ...base, ...extra }).text.split('\n');

describe('the argument file', () => {
  it('carries everything as one --option=value a line', () => {
    const lines = linesOf({
      selection: { include: ['smoke', '#odd'], exclude: ['slowANDnet'], suites: ['Atest.Login'], tests: ['-- dashes *'] },
      variables: ['URL:http://x?a=b c'],
      robotOptions: ['-P', 'src', '--log-level', 'TRACE', '-Xi', 'quick'],
    });
    expect(lines).toEqual([
      '--pythonpath=src',
      '--loglevel=TRACE',
      '--exitonfailure',
      '--include=quick',
      '--suite=Atest.Login',
      '--suite=*.Atest.Login',
      '--test=-- dashes *',
      '--include=smoke',
      '--include=#odd',
      '--exclude=slowANDnet',
      '--variable=URL:http://x?a=b c',
      '--outputdir=/runs/1/output',
      '--output=output.xml',
      '--xunit=xunit.xml',
      '--log=log.html',
      '--report=report.html',
      '',
    ]);
  });

  it('finds a suite by its parents wherever the root is left out, and by its whole name only there', () => {
    const suites = ['Login', 'Net.Login', 'Root.Net.Login', '*.Login'];
    expect(linesOf({ suiteName: 'Root', selection: { ...selection, suites } }).filter((line) => line.startsWith('--suite'))).toEqual([
      '--suite=Login',
      '--suite=Net.Login',
      '--suite=*.Net.Login',
      '--suite=Root.Net.Login',
      '--suite=*.Login',
    ]);
  });

  it('names the root suite, and lets a name that a person gave come later and win', () => {
    const lines = linesOf({ suiteName: 'My\n Suites', robotOptions: ['--name', 'Other'] });
    expect(lines.filter((line) => line.startsWith('--name'))).toEqual(['--name=My Suites', '--name=Other']);
  });

  it('makes line breaks in names spaces, which Robot does not tell apart', () => {
    expect(linesOf({ selection: { ...selection, tests: ['two\r\nlines\u2028three '] } })).toContain('--test=two lines three');
  });

  it('hands over variables that no line can carry in another way, and lets the last of one name win', () => {
    const file = writeArgumentFile({ ...base, variables: ['TEXT:one', 'text:a\nb', 'pad: x ', 'N:1', 'n_:2'] });
    expect(file.variables).toEqual({ text: 'a\nb', pad: ' x ' });
    expect(file.text).toContain('--variable=n_:2');
    expect(file.text).not.toContain('one');
  });

  it('leaves out log and report when the person does not want them', () => {
    const lines = linesOf({ robotOptions: ['--log', 'none', '-rNONE'] });
    expect(lines).toContain('--log=none');
    expect(lines.filter((line) => line.startsWith('--report'))).toEqual(['--report=NONE']);
  });
});

describe('options of a person', () => {
  it.each([
    [['--outputdir', 'x']],
    [['-d', 'x']],
    [['-dx']],
    [['--OutputDir=x']],
    [['--outputd=x']],
    [['-o', 'x']],
    [['--log', 'mine.html']],
    [['--timestamp-outputs']],
    [['-A', 'more.txt']],
    [['--help']],
    [['-R', 'output.xml']],
    [['--xunit=x']],
    [['tests']],
    [['--']],
    [['--name']],
    [['-q']],
    [['--dryrun=1']],
    [['--doc', 'two\nlines']],
    [['--']],
  ])('refuses %j', (options) => {
    expect(refuseOptions(options)).toHaveLength(1);
  });

  it.each([
    [['--dryrun']],
    [['--include', '-x']],
    [['--loglevel=DEBUG:INFO']],
    [['--new-in-robot-9']],
    [['-v', 'a:b', '-P', 'src']],
    [['--no-status-rc']],
    [['-L', 'TRACE']],
  ])('takes %j', (options) => {
    expect(refuseOptions(options)).toEqual([]);
  });

  it('names every refused one at once', () => {
    expect(refuseOptions(['-d', 'x', '--output', 'y', '--dryrun'])).toHaveLength(2);
  });

  it('finds one in whatever spelling', () => {
    expect(hasOption(['--Run-Empty-Suite'], 'runemptysuite')).toBe(true);
    expect(hasOption(['--runempty'], 'runemptysuite')).toBe(true);
    expect(hasOption(['--name', 'runemptysuite'], 'runemptysuite')).toBe(false);
  });
});
