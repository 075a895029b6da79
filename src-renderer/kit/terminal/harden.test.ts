import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { harden } from './harden.ts';

const ESC = '\x1b';
/** What real programs and attackers ask a terminal. */
const QUESTIONS = [
  ...['c', '>c', '=c', '5n', '6n', '?6n', '?15n', '?25n', '?26n', '?53n', '?996n'].map((rest) => `${ESC}[${rest}`),
  ...['4$p', '?2026$p', '?1$p', '>q', '>0q', '14t', '16t', '18t', '19t', '20t', '21t', '1x'].map((rest) => `${ESC}[${rest}`),
  ...['$qm', '$qr', '$q"p', '+q544e'].map((rest) => `${ESC}P${rest}${ESC}\\`),
  ...['4;1;?', '5;0;?', '10;?', '11;?', '12;?', '52;c;?', '52;c;cm0gLXJm', '2;title', '0;title', '8;;http://x.test'].map(
    (rest) => `${ESC}]${rest}\x07`,
  ),
  `${ESC}Z`,
  '\x05',
];

async function spoken(terminal: Terminal, text: string): Promise<string[]> {
  const said: string[] = [];
  terminal.onData((data) => said.push(data));
  terminal.onTitleChange((title) => said.push(`title ${title}`));
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return said;
}

test.each(QUESTIONS)('a console that prints %j changes nothing beyond the terminal and gets no answer', async (question) => {
  const terminal = new Terminal({ allowProposedApi: false, windowOptions: {} });
  harden(terminal);
  expect(await spoken(terminal, `${question}after`)).toEqual([]);
  terminal.dispose();
});

test('without it a terminal would answer: the test can fail', async () => {
  const terminal = new Terminal();
  expect(await spoken(terminal, `${ESC}[c${ESC}[>c${ESC}[?6n${ESC}[?1$p`)).not.toEqual([]);
  terminal.dispose();
});
