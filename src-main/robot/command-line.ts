import type { Selection } from '../../src-shared/model/test-data.ts';
import { fitsOneLine, parseRobotOptions } from './robot-options.ts';

export interface CommandLine {
  /** What Robot calls the root suite; null = what it makes of the folder's name. A person's own `--name` comes later and wins. */
  suiteName: string | null;
  selection: Selection;
  /** NAME:VALUE; wins over condition and variable files. */
  variables: readonly string[];
  robotOptions: readonly string[];
  outputDirectory: string;
  /** Options of the workbench's own, after the person's. */
  more?: readonly string[];
}

export interface ArgumentFile {
  text: string;
  /** Variables that no argument file can carry (line breaks, spaces at an end): to be handed over with the condition, over it. */
  variables: Record<string, string>;
}

/**
 * The argument file of a run, one option a line. Robot reads it as UTF-8, strips lines, skips those that begin with `#` and splits
 * option from value at the first `=`, so every line here is `--option=value`.
 */
export function writeArgumentFile(line: CommandLine): ArgumentFile {
  const { selection } = line;
  const { fitting, others } = sortVariables(line.variables);
  const lines = [
    ...(line.suiteName === null ? [] : [`--name=${oneLine(line.suiteName)}`]),
    ...parseRobotOptions(line.robotOptions).options.map(({ written }) => written),
    ...patterns(
      'suite',
      selection.suites.flatMap((suite) => withItsEnd(suite, line.suiteName)),
    ),
    ...patterns('test', selection.tests),
    ...patterns('include', selection.include),
    ...patterns('exclude', selection.exclude),
    ...fitting.map((variable) => `--variable=${variable}`),
    ...(line.more ?? []),
    `--outputdir=${line.outputDirectory}`,
    '--output=output.xml',
    '--xunit=xunit.xml',
    ...(saysNone(line, 'log') ? [] : ['--log=log.html']),
    ...(saysNone(line, 'report') ? [] : ['--report=report.html']),
  ];
  return { text: `${lines.join('\n')}\n`, variables: others };
}

/**
 * `Parent.Suite` also means that suite below any other. Robot 6.1 takes it so; from 7.0 on a name with parents must begin at the root,
 * against its own user guide, unless a pattern says otherwise.
 */
function withItsEnd(suite: string, root: string | null): string[] {
  const isShort = suite.includes('.') && !suite.startsWith('*') && (root === null || !suite.startsWith(`${root}.`));
  return isShort ? [suite, `*.${suite}`] : [suite];
}

function patterns(option: string, values: readonly string[]): string[] {
  return values.map((value) => `--${option}=${oneLine(value)}`);
}

/** Robot ignores space in names and tags when it compares, line breaks included, so a space says the same. */
function oneLine(value: string): string {
  return value.replaceAll(/[\s\u001c-\u001f\u0085]+/gu, ' ').trim();
}

/** Of several values for one name the last wins, as on Robot's command line. */
function sortVariables(variables: readonly string[]): { fitting: string[]; others: Record<string, string> } {
  const last = new Map(variables.map((variable) => [variableKey(variable), variable]));
  const fitting: string[] = [];
  const others: Record<string, string> = {};
  for (const variable of last.values()) {
    if (fitsOneLine(variable)) fitting.push(variable);
    else others[variable.slice(0, variable.indexOf(':')).trim()] = variable.slice(variable.indexOf(':') + 1);
  }
  return { fitting, others };
}

function variableKey(variable: string): string {
  return variable.slice(0, variable.indexOf(':')).toLowerCase().replaceAll(/[\s_]/gu, '');
}

function saysNone(line: CommandLine, option: string): boolean {
  return parseRobotOptions(line.robotOptions).options.some(({ name }) => name === option);
}

/** What is wrong with the options that a person gave for a run; nothing when they can be taken. */
export function refuseOptions(robotOptions: readonly string[]): string[] {
  return parseRobotOptions(robotOptions).refusals;
}

/** Whether an option is among them, in whatever spelling. */
export function hasOption(robotOptions: readonly string[], name: string): boolean {
  return parseRobotOptions(robotOptions).options.some((option) => option.name === name);
}
