import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ports } from './ports.ts';

const looking = { signal: new AbortController().signal, thorough: false, onStep: () => undefined };
const chosen = { servingAddress: '127.0.0.9', servingPort: 0, bootPort: 0, tftpPort: 0, proxyDhcp: false };

it('tries the ports of DHCP only where proxyDHCP answers there, and switches it off as the repair', async () => {
  const hold = "require('node:dgram').createSocket('udp4').bind({ port: 4011, address: '127.0.0.9' }, () => console.log('up'))";
  const holder = spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  try {
    const changes: object[] = [];
    const look = (settings: typeof chosen | (Omit<typeof chosen, 'servingAddress'> & { servingAddress: null })) =>
      ports({ settings: () => settings, update: (change) => void changes.push(change), pages: () => null }).look(looking);
    expect(await look(chosen)).toMatchObject({ outcome: 'fine' });
    expect(await look({ ...chosen, servingAddress: null, proxyDhcp: true })).toMatchObject({ outcome: 'fine' });
    const found = await look({ ...chosen, proxyDhcp: true });
    expect(found.outcome).toBe('warning');
    expect(found.lines?.map(({ text }) => text).join(' ')).toContain(`4011 for proxyDHCP is held by process ${holder.pid ?? 0}`);
    expect(found.remedy?.does).toBe('From now on proxyDHCP is switched off.');
    await found.remedy?.perform(looking);
    expect(changes).toEqual([{ proxyDhcp: false }]);
  } finally {
    holder.kill();
  }
});
