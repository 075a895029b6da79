import { IpmiClient, readSdrs, readSensors, type Sdr } from '../src/index.js';
import { startIpmiSim } from '../test/support/ipmi-sim.js';
import { freePort, program, runAside } from '../test/support/processes.js';
import { median, report, require, times } from './measure.js';
import { startSimProcess } from './sim-process.js';

const sensors = 100;

interface Place {
  readonly name: string;
  readonly port: number;
  readonly password: string;
  readonly suite: number;
}

/** `sdr elist` by one ipmitool process, a cold client (session, records, readings), and a warm one that has the records. */
async function measure(place: Place): Promise<void> {
  const login = [
    '-I',
    'lanplus',
    '-H',
    '127.0.0.1',
    '-p',
    String(place.port),
    '-U',
    'admin',
    '-P',
    place.password,
    '-C',
    String(place.suite),
  ];
  const options = { host: '127.0.0.1', port: place.port, username: 'admin', password: place.password, suites: [place.suite] };
  const read = async (client: IpmiClient, known?: readonly Sdr[]): Promise<void> => {
    const values = await readSensors(client, known ?? (await readSdrs(client)));
    if (values.filter((value) => value.value !== undefined).length < sensors) throw new Error('not all sensors were read');
  };
  const [ipmitool, cold, warm]: [number[], number[], number[]] = [[], [], []];
  await using kept = new IpmiClient(options);
  const known = await readSdrs(kept);
  for (let round = 0; round < 7; round += 1) {
    ipmitool.push(...(await times(1, () => runAside(program('ipmitool', 'ipmitool'), [...login, 'sdr', 'elist']))));
    cold.push(
      ...(await times(1, async () => {
        await using client = new IpmiClient(options);
        await read(client);
      })),
    );
    warm.push(...(await times(3, () => read(kept, known))));
  }
  const [tool, first, again] = [median(ipmitool), median(cold), median(warm)];
  report(
    `${sensors} sensors, ${place.name}: ipmitool sdr elist ${tool.toFixed(0)} ms; cold client ${first.toFixed(1)} ms, ${(tool / first).toFixed(1)} x faster; ` +
      `warm client ${again.toFixed(1)} ms, ${(tool / again).toFixed(1)} x faster`,
  );
  require(tool / again >= 3, 'full sensor read at least 3 x faster than ipmitool sdr elist, warm session with its records');
}

const real = await startIpmiSim({ extraSensors: sensors - 3 });
try {
  await measure({ name: 'ipmi_sim, suite 3', port: real.port, password: 'admin123', suite: 3 });
} finally {
  await real.stop();
}

const port = await freePort();
const simulated = await startSimProcess(port, ['--sensors', String(sensors)]);
try {
  await measure({ name: 'simulator, suite 17', port, password: 'admin', suite: 17 });
} finally {
  await simulated.stop();
}
