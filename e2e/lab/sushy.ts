import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { eventually, freePort, labProgram, startPeer } from './processes.ts';

export interface Sushy {
  url: string;
  /** SHA-256 of its certificate. */
  fingerprint: string;
  username: string;
  password: string;
  /** Names of its systems. */
  systems: string[];
  stop: () => Promise<void>;
}

/** bcrypt of "redfish123". */
const ENTRY = 'admin:$2b$04$N9/N2cZ5W6Zu/MEIFE5ZvuHsqb.H/skJYa8MhxKkdx8fzMZX8VpIy';

/** Two drives for discs, as a BMC has that takes an installer and its answers. */
const DRIVES = Object.fromEntries(['Cd', 'Cd2'].map((id) => [id, { Name: `Virtual ${id}`, MediaTypes: ['CD', 'DVD'] }]));

/**
 * The Redfish emulator of OpenStack's sushy-tools over TLS with machines that it makes up; their power changes after 1 to 11 s. With `tell`, an
 * address, they are off at first and every change of one is told there.
 */
export async function startSushy(systems = ['fake-1'], tell?: string): Promise<Sushy> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-sushy-'));
  const port = await freePort();
  const { certificateFile, keyFile, fingerprint } = makeCertificate(folder);
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'users'), `${ENTRY}\n`);
  const machines = systems.map((name, index) => ({
    uuid: `0000000${index}-0000-4000-8000-000000000000`,
    name,
    power_state: tell === undefined ? 'On' : 'Off',
    ...(tell === undefined ? {} : { external_notifier: 1 }), // JSON's true is no word of Python
    nics: [{ mac: `00:5c:52:31:3a:0${index}`, ip: `127.0.0.${index + 1}` }],
  }));
  const settings = {
    SUSHY_EMULATOR_LISTEN_IP: '127.0.0.1',
    SUSHY_EMULATOR_LISTEN_PORT: port,
    SUSHY_EMULATOR_SSL_CERT: certificateFile,
    SUSHY_EMULATOR_SSL_KEY: keyFile,
    SUSHY_EMULATOR_AUTH_FILE: join(folder, 'users'),
    SUSHY_EMULATOR_STATE_DIR: join(folder, 'state'),
    SUSHY_EMULATOR_FEATURE_SET: 'full',
    SUSHY_EMULATOR_FAKE_SYSTEMS: machines,
    ...(tell === undefined ? {} : { EXTERNAL_NOTIFICATION_URL: tell, SUSHY_EMULATOR_VMEDIA_DEVICES: DRIVES }),
  };
  // The file is Python; JSON of texts and numbers is Python as well.
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  writeFileSync(join(folder, 'emulator.conf'), `${lines.join('\n')}\nSUSHY_EMULATOR_FAKE_DRIVER = True\n`);
  const peer = startPeer(labProgram('sushy-emulator'), ['--config', join(folder, 'emulator.conf')], { PYTHONUNBUFFERED: '1' });
  await eventually(() => {
    if (!peer.output().includes('Running on')) throw new Error(`sushy-emulator did not start: ${peer.output()}`);
  });
  return {
    url: `https://127.0.0.1:${port}`,
    fingerprint,
    username: 'admin',
    password: 'redfish123',
    systems,
    stop: async () => {
      await peer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
