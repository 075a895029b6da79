import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.js';
import { serverSensors, startSimulatedBmc, type SimulatedBmc } from '../src/sim/index.js';
import { encodeMultirecord } from '../src/index.js';
import { defaultFrus } from '../src/sim/index.js';
import { startIpmiSim, type IpmiSim } from './support/ipmi-sim.js';
import { program, runAside } from './support/processes.js';

/** Lines of ipmitool that ipmi-js prints otherwise or not at all, each with its reason (README: differences to ipmitool). */
const explained: readonly { readonly ipmitool?: RegExp; readonly ours?: RegExp; readonly reason: string }[] = [
  { ipmitool: /^Product Name {14}:/, reason: 'no table of product names' },
  { ipmitool: /^Gratituous ARP Intrvl/, ours: /^Gratuitous ARP Intrvl/, reason: 'spelling' },
  { ours: /^ Power Supply Record/, reason: 'ipmitool prints the multirecord area only with -v' },
  { ipmitool: /^ {24}: {5}\w=/, reason: 'legend of privilege letters' },
  { ipmitool: /\| 0x0\d80\|/, ours: /\| 0x0\d00\|/, reason: 'the reserved bit of the state bytes is not a state' },
  { ipmitool: /going low {2}\|/, ours: /going low \|/, reason: 'a blank too many' },
  { ipmitool: /Pre-Init {2}\|\d{10}\| /, ours: /Pre-Init {2}\|\d{10} \| /, reason: 'one separator for all lines' },
  {
    ipmitool: /^Last Add Time {4}: S\+ 70\/\d{3} \d\d:/,
    ours: /^Last Add Time {4}: S\+ \d{2,}:/,
    reason: 'more than a day since the start of the BMC is hours, not a day of the year 1970',
  },
  {
    ipmitool: /^System GUID|^GUID (Encoding|Version)|^Timestamp/,
    ours: /^System GUID/,
    reason: 'ipmitool guesses the byte order; ipmi-js takes the one of the specification',
  },
  {
    ipmitool: /^[^|]{16} \| 00h \| ok {2}\| {2}7\.1 \| Dynamic MC/,
    ours: /Dynamic MC/,
    reason: 'ipmitool prints packed and upper-case names of ipmi_sim as garbage',
  },
];

/** `user list` has a column more, so words are compared and not columns. */
const wordCommands = new Set(['user list 1']);

interface Difference {
  readonly theirs: string[];
  readonly ours: string[];
}

function normalized(text: string, command: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  if (!wordCommands.has(command)) return lines;
  return lines.slice(1).map((line) =>
    line
      .replace(/\t/g, ' ')
      .replace(/ (true|false|unknown)(?= +[A-Z][a-zA-Z ()0-9x]+$)/, ' $1')
      .split(/ +/)
      .join(' '),
  );
}

function difference(theirs: string[], ours: string[]): Difference {
  const [left, right] = [[...theirs], [...ours]];
  for (const line of theirs) {
    const at = right.indexOf(line);
    if (at === -1) continue;
    right.splice(at, 1);
    left.splice(left.indexOf(line), 1);
  }
  const unexplained = left.filter((line) => !explained.some((rule) => rule.ipmitool?.test(line) === true));
  return { theirs: unexplained, ours: right.filter((line) => !explained.some((rule) => rule.ours?.test(line) === true)) };
}

async function oursOf(port: number, words: { login: string[]; command: string }): Promise<string> {
  const out: string[] = [];
  const output = { out: (text: string) => void out.push(text), error: (text: string) => void out.push(text) };
  const code = await main(['-H', '127.0.0.1', '-p', String(port), ...words.login, ...words.command.split(' ')], output);
  expect(code, out.join('\n')).toBe(0);
  return out.join('\n');
}

async function compare(port: number, words: { login: string[]; suite: string; command: string }): Promise<Difference> {
  const ipmitool = program('ipmitool', 'ipmitool');
  const args = ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(port), ...words.login, '-C', words.suite, ...words.command.split(' ')];
  const theirs = normalized(await runAside(ipmitool, args), words.command);
  const ours = normalized(await oursOf(port, words), words.command);
  expect(theirs.length).toBeGreaterThan(0);
  return difference(theirs, words.command === 'user list 1' ? ours.map(withoutEnabled) : ours);
}

/** Takes the column away that ipmitool does not have. */
function withoutEnabled(line: string): string {
  return line.replace(/((?:true|false) (?:true|false) (?:true|false)) (?:true|false|unknown) /, '$1 ');
}

const commands = [
  'sdr elist',
  'sdr elist full',
  'sdr elist all',
  'sensor list',
  'sel info',
  'sel elist',
  'fru print',
  'chassis status',
  'mc info',
  'mc guid',
  'lan print 1',
  'user list 1',
  'chassis power status',
];

describe('the same lines as ipmitool, from ipmi_sim', () => {
  let peer: IpmiSim;
  beforeAll(async () => {
    peer = await startIpmiSim();
  });
  afterAll(() => peer.stop());

  it.each(commands)('%s', async (command) => {
    expect(await compare(peer.port, { login: ['-U', 'admin', '-P', 'admin123'], suite: '3', command })).toEqual({ theirs: [], ours: [] });
  });
});

describe('the same lines as ipmitool, from the simulator', () => {
  let bmc: SimulatedBmc;
  beforeAll(async () => {
    const sensors = serverSensors().map((sensor) => (sensor.kind === 'analog' ? { ...sensor, swing: 0 } : sensor));
    for (const linearization of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0x70]) {
      const number = 100 + linearization;
      sensors.push({
        kind: 'analog',
        name: `Linear ${linearization}`,
        sensor: number,
        entity: 7,
        sensorType: 1,
        unit: 1,
        base: 1.5,
        swing: 0,
        linearization,
        factors: { m: 1, resultExponent: -1 },
      });
    }
    const [first, ...others] = defaultFrus('compare');
    const power = Buffer.alloc(24);
    power.writeUInt16LE(750, 0);
    bmc = await startSimulatedBmc({
      name: 'compare',
      sensors,
      powerOn: true,
      frus:
        first?.board === undefined
          ? []
          : [{ ...first, board: { ...first.board, custom: ['one', 'two'] }, multirecords: [encodeMultirecord(0, power, true)] }, ...others],
    });
    const fan = bmc.state.sensors.sensors.get(4);
    fan?.set(600);
    bmc.state.sensors.watch();
    const psu = bmc.state.sensors.sensors.get(10);
    if (psu !== undefined) bmc.state.sensors.setStates(psu, 0x03);
  });
  afterAll(() => bmc.stop());

  it.each([...commands, 'chassis policy list', 'chassis restart_cause', 'mc selftest', 'raw 6 1'])('%s', async (command) => {
    expect(await compare(bmc.port, { login: ['-U', 'admin', '-P', 'admin'], suite: '17', command })).toEqual({ theirs: [], ours: [] });
  });
});
