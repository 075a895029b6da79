import type { Terminal } from '@xterm/xterm';

/** Operating system commands that would reach beyond the terminal: title, colours, folder, links, notifications, clipboard. */
const REFUSED_OSC = [0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 52, 104, 110, 111, 112, 777, 1337];

/** Questions of the machine: who are you, where is the cursor, which mode is set, what version, how large is the window. */
const REFUSED_CSI = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { final: 't' },
  { final: 'x' },
];

/** What a machine prints stays within the terminal, and no question of it is answered: an answer would be typed into it. */
export function harden({ parser }: Pick<Terminal, 'parser'>): void {
  for (const code of REFUSED_OSC) parser.registerOscHandler(code, () => true);
  for (const question of REFUSED_CSI) parser.registerCsiHandler(question, () => true);
  for (const intermediates of ['$', '+']) parser.registerDcsHandler({ intermediates, final: 'q' }, () => true);
}
