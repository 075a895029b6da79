import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Lan } from './own-network.ts';

/** Sends what it reads to everybody at the port of DHCP servers and tells what it hears at that of clients, in hexadecimal digits. */
const RELAY = `
const socket = require('node:dgram').createSocket('udp4');
socket.on('message', (message) => process.stdout.write(message.toString('hex') + '\\n'));
socket.bind(68, () => {
  socket.setBroadcast(true);
  process.stdout.write('ready\\n');
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const [hex, port] = line.split(' ');
    socket.send(Buffer.from(hex, 'hex'), Number(port), port === '67' ? '255.255.255.255' : '10.77.0.1');
  });
});`;

export interface DhcpClient {
  /** What is answered to a message within so many ms. `port` 67 is for everybody on the network, another one for this computer. */
  ask: (message: Buffer, options: { forMs: number; port?: number; until?: (answer: Buffer) => boolean }) => Promise<Buffer[]>;
  stop: () => void;
}

/** A client on the other computer of the network, for messages that no well-behaved one sends. */
export async function startDhcpClient(lan: Lan): Promise<DhcpClient> {
  const child = spawn(...lan.there(process.execPath, ['-e', RELAY]), { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  const lines = createInterface({ input: stdout });
  const listeners = new Set<(line: string) => void>();
  lines.on('line', (line) => listeners.forEach((listen) => listen(line)));
  await new Promise<void>((resolve) => listeners.add(() => resolve()));
  listeners.clear();
  return {
    ask: (message, { forMs, port = 67, until }) =>
      new Promise((resolve) => {
        const heard: Buffer[] = [];
        const end = (): void => {
          clearTimeout(timer);
          listeners.delete(listen);
          resolve(heard);
        };
        const listen = (line: string): void => {
          const answer = Buffer.from(line, 'hex');
          heard.push(answer);
          if (until?.(answer) === true) end();
        };
        const timer = setTimeout(end, forMs);
        listeners.add(listen);
        stdin.write(`${message.toString('hex')} ${port}\n`);
      }),
    stop: () => void child.kill('SIGKILL'),
  };
}
