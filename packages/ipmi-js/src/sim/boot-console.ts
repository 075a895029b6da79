import type { SerialHost } from './sol-port.js';
import type { ChassisState } from './state/chassis.js';

const lines = [
  'Simulated firmware 1.0',
  'Memory test: 65536 MB OK',
  'Loading kernel ...',
  '[    0.000000] Booting on simulated CPU 0',
  '[    0.412345] random: ready',
  '[    1.034567] eth0: link up, 1000 Mbps',
  '[    1.801234] systemd: reached target multi-user',
];

export interface BootConsoleOptions {
  /** Milliseconds between two lines. Default 120. */
  readonly lineMs?: number;
  /** Name in the login prompt. */
  readonly hostname?: string;
}

/**
 * A machine that prints a boot log when it is switched on or reset, ends with a login prompt, and echoes what is typed.
 * Connect it with `print` of the SOL port; switched off it says nothing and takes what is typed without an answer.
 */
export function bootConsole(chassis: ChassisState, print: (data: Buffer) => void, options: BootConsoleOptions = {}): SerialHost {
  const prompt = `\r\n${options.hostname ?? 'sim'} login: `;
  let timer: NodeJS.Timeout | undefined;
  const boot = (): void => {
    clearTimeout(timer);
    let next = 0;
    const step = (): void => {
      if (!chassis.powerOn) return;
      const line = lines[next];
      print(Buffer.from(line === undefined ? prompt : `${line}\r\n`));
      next += 1;
      if (line !== undefined) timer = setTimeout(step, options.lineMs ?? 120).unref();
    };
    step();
  };
  chassis.on('power', (on) => (on ? boot() : clearTimeout(timer)));
  chassis.on('reset', boot);
  return {
    receive: (data, send) => {
      if (chassis.powerOn) send(Buffer.from(data.toString('latin1').replaceAll('\r', prompt), 'latin1'));
      return data.length;
    },
  };
}
