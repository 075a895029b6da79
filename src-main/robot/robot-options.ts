/** One option as Robot's own command line has it. `owned`: the harness sets it itself, so nobody else may. */
interface RobotOption {
  long: string;
  value: boolean;
  owned?: string;
  /** The one value that may be given all the same, in any case. */
  unless?: string;
}

const OUTPUTS = 'the workbench decides where the report goes';

/** Robot's options (robot --help, 6.1 to 7.5), written without hyphens: Robot ignores those and the case. */
const OPTIONS: readonly RobotOption[] = [
  ...['rpa', 'norpa', 'runemptysuite', 'dryrun', 'exitonfailure', 'exitonerror', 'skipteardownonexit'].map(flag),
  ...['statusrc', 'nostatusrc', 'splitlog', 'legacyoutput', 'quiet', 'dotted'].map(flag),
  ...['language', 'extension', 'parser', 'parseinclude', 'doc', 'metadata', 'settag', 'skip', 'skiponfailure', 'variablefile'].map(
    withValue,
  ),
  ...['randomize', 'listener', 'prerunmodifier', 'prerebotmodifier', 'console', 'consolewidth', 'consolecolors', 'consolelinks'].map(
    withValue,
  ),
  ...['consolemarkers', 'pythonpath', 'loglevel', 'suitestatlevel', 'tagstatinclude', 'tagstatexclude', 'tagstatcombine'].map(withValue),
  ...['tagdoc', 'tagstatlink', 'expandkeywords', 'removekeywords', 'flattenkeywords', 'maxerrorlines', 'maxassignlength'].map(withValue),
  ...['logtitle', 'reporttitle', 'reportbackground', 'name', 'test', 'task', 'suite', 'include', 'exclude', 'variable', 'debugfile'].map(
    withValue,
  ),
  ...['rerunfailed', 'rerunfailedsuites'].map((long) => owned(long, 'use Rerun, which knows what failed')),
  ...['outputdir', 'output', 'xunit'].map((long) => owned(long, OUTPUTS)),
  ...['log', 'report'].map((long) => ({ ...owned(long, `${OUTPUTS}; only NONE can be said`), unless: 'NONE' })),
  owned('argumentfile', 'write its options into the run instead'),
  ...['help', 'version'].map((long) => ({ ...flag(long), owned: 'nothing would run' })),
  { ...flag('timestampoutputs'), owned: OUTPUTS },
];

const SHORT: Readonly<Record<string, string>> = {
  F: 'extension',
  I: 'parseinclude',
  N: 'name',
  D: 'doc',
  M: 'metadata',
  G: 'settag',
  t: 'test',
  s: 'suite',
  i: 'include',
  e: 'exclude',
  R: 'rerunfailed',
  S: 'rerunfailedsuites',
  v: 'variable',
  V: 'variablefile',
  d: 'outputdir',
  o: 'output',
  l: 'log',
  r: 'report',
  x: 'xunit',
  b: 'debugfile',
  T: 'timestampoutputs',
  L: 'loglevel',
  X: 'exitonfailure',
  W: 'consolewidth',
  C: 'consolecolors',
  K: 'consolemarkers',
  P: 'pythonpath',
  A: 'argumentfile',
  h: 'help',
  '?': 'help',
  '.': 'dotted',
};

export interface ParsedOption {
  /** Canonical long name without hyphens; as written when Robot 7.5 does not know it. */
  name: string;
  value: string | null;
  /** As lines of an argument file carry it. */
  written: string;
}

export interface ParsedOptions {
  options: ParsedOption[];
  /** Sentences, one for each element that cannot be taken. */
  refusals: string[];
}

/**
 * Reads arguments as Robot's command line would. Options that the harness owns are refused, in every spelling (`-d`, `--OutputDir`,
 * `--outputd=x`); options of a newer Robot go through as they are.
 */
export function parseRobotOptions(words: readonly string[]): ParsedOptions {
  const result: ParsedOptions = { options: [], refusals: [] };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const option = word.startsWith('--') ? readLong(word, rest) : readShort(word, rest);
    if (typeof option === 'string') result.refusals.push(option);
    else result.options.push(...option);
  }
  return result;
}

function readLong(word: string, rest: string[]): ParsedOption[] | string {
  const [head = '', inline] = cut(word.slice(2));
  const spelled = head.toLowerCase().replaceAll('-', '');
  if (spelled === '') return `“${word}” is not an option. Files to run are chosen as test data.`;
  const known = find(spelled);
  if (known === undefined) return [{ name: spelled, value: inline, written: word }];
  if (!known.value && inline !== null) return `Robot's option --${known.long} takes no value.`;
  return finish(known, known.value ? (inline ?? rest.shift() ?? null) : null);
}

function readShort(word: string, rest: string[]): ParsedOption[] | string {
  if (!word.startsWith('-') || word === '-') return `“${word}” is not an option. Files to run are chosen as test data.`;
  const found: ParsedOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const known = find(SHORT[letter] ?? '');
    if (known === undefined) return `Robot has no option -${letter}.`;
    const inline = word.slice(at + 1);
    const option = finish(known, known.value ? inline || (rest.shift() ?? null) : null);
    if (typeof option === 'string') return option;
    found.push(...option);
    if (known.value) break;
  }
  return found;
}

function finish(known: RobotOption, value: string | null): ParsedOption[] | string {
  if (known.owned !== undefined && (value === null || known.unless !== value.toUpperCase())) {
    return `The option --${known.long} cannot be given: ${known.owned}.`;
  }
  if (!known.value) return [{ name: known.long, value: null, written: `--${known.long}` }];
  if (value === null) return `Robot's option --${known.long} needs a value.`;
  if (!fitsOneLine(value)) return `The value of --${known.long} has a line break or begins or ends with a space; Robot cannot take that.`;
  return [{ name: known.long, value, written: `--${known.long}=${value}` }];
}

/** Like Robot, takes any beginning of a name that only one option has. */
function find(spelled: string): RobotOption | undefined {
  const exact = OPTIONS.find(({ long }) => long === spelled);
  if (exact !== undefined || spelled === '') return exact;
  const names = new Set(OPTIONS.filter(({ long }) => long.startsWith(spelled)).map(({ long }) => long));
  return names.size === 1 ? OPTIONS.find(({ long }) => names.has(long)) : undefined;
}

function cut(text: string): [string, string | null] {
  const at = text.indexOf('=');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Robot strips each line of an argument file and splits at everything that Unicode calls a line break. */
export function fitsOneLine(value: string): boolean {
  return !/[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]|^[\s\u001f]|[\s\u001f]$/u.test(value);
}

function flag(long: string): RobotOption {
  return { long, value: false };
}

function withValue(long: string): RobotOption {
  return { long, value: true };
}

function owned(long: string, why: string): RobotOption {
  return { long, value: true, owned: why };
}
