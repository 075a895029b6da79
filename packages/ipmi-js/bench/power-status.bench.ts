import { credentialBytes } from '../src/client/credentials.js';
import { shakeHands } from '../src/client/handshake.js';
import { findSuite } from '../src/crypto/suites.js';
import { defaultRetry, getChassisStatus, openSession, openUdpChannel } from '../src/index.js';
import { bmcAddress, consoleAddress, packLanMessage } from '../src/wire/lan-message.js';
import { startIpmiSim } from '../test/support/ipmi-sim.js';
import { freePort, program, runAside } from '../test/support/processes.js';
import { median, report, require, times } from './measure.js';
import { startSimProcess } from './sim-process.js';

interface Place {
  readonly port: number;
  readonly password: string;
  readonly suite: number;
}

/**
 * The bare exchange: the same question to the same BMC, in a session of its own and sealed beforehand. Only sending the bytes and the
 * arrival of the answer's bytes are in it: what no client can do without.
 */
async function bareExchange(place: Place, count: number): Promise<{ once: () => Promise<void>; close: () => void }> {
  const channel = await openUdpChannel('127.0.0.1', place.port);
  const credentials = { username: 'admin', password: place.password };
  const suite = findSuite(place.suite);
  if (suite === undefined) throw new Error('no such suite');
  const envelope = await shakeHands({ channel, policy: defaultRetry }, { credentials, secrets: credentialBytes(credentials), suite });
  const address = { target: bmcAddress, targetLun: 0, source: consoleAddress, sourceLun: 0 };
  const { netFn, code: command } = getChassisStatus;
  const sealed = Array.from({ length: count }, (_, index) =>
    envelope.seal(0, packLanMessage({ ...address, netFn, command, sequence: index % 64, data: Buffer.alloc(0) })),
  );
  const once = (): Promise<void> =>
    new Promise((resolve) => {
      channel.listen(() => resolve());
      channel.send(sealed.shift() ?? Buffer.alloc(0));
    });
  return { once, close: () => channel.close() };
}

async function measure(place: Place): Promise<{ ipmitool: number; warm: number; bare: number }> {
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
  const ipmitool = median(await times(9, () => runAside(program('ipmitool', 'ipmitool'), [...login, 'power', 'status'])));
  await using session = await openSession({
    host: '127.0.0.1',
    port: place.port,
    username: 'admin',
    password: place.password,
    suites: [place.suite],
  });
  const bareUdp = await bareExchange(place, 2200);
  const warmOnce = (): Promise<unknown> => session.send(getChassisStatus, undefined);
  await times(1000, warmOnce);
  await times(1000, bareUdp.once);
  const [warm, bare]: [number[], number[]] = [[], []];
  // Turn by turn, so that whatever else the machine does falls on both.
  for (let round = 0; round < 12; round += 1) {
    warm.push(...(await times(100, warmOnce)));
    bare.push(...(await times(100, bareUdp.once)));
  }
  bareUdp.close();
  return { ipmitool, warm: median(warm), bare: median(bare) };
}

function check(name: string, figures: { ipmitool: number; warm: number; bare: number }): void {
  const [faster, trips] = [figures.ipmitool / figures.warm, figures.warm / figures.bare];
  report(
    `power status, ${name}: ipmitool process ${figures.ipmitool.toFixed(1)} ms, warm session ${(figures.warm * 1000).toFixed(0)} us, bare UDP exchange ` +
      `${(figures.bare * 1000).toFixed(0)} us; ${faster.toFixed(0)} x faster than ipmitool, ${trips.toFixed(2)} round trips`,
  );
  require(faster >= 50, 'at least 50 x faster than one ipmitool process');
  require(trips <= 1.5, 'at most 1.5 times the bare exchange');
}

const real = await startIpmiSim({ chassis: false });
try {
  check('ipmi_sim, suite 3', await measure({ port: real.port, password: 'admin123', suite: 3 }));
} finally {
  await real.stop();
}

const port = await freePort();
const simulated = await startSimProcess(port);
try {
  check('simulator in another process, suite 17', await measure({ port, password: 'admin', suite: 17 }));
} finally {
  await simulated.stop();
}
