import type { Sut } from '../../src-shared/model/sut.ts';
import type { CommandContext } from './command.ts';
import { EXIT } from './exit-codes.ts';

/** Ctrl-], as telnet has it. */
const LEAVE = '\u001d';

/**
 * Shows the console until Ctrl-] or Ctrl-C; what is typed goes to the machine. Without a terminal, the input is typed and the console shown until
 * it is interrupted. What the machine says goes out as it is: a terminal that shows consoles is meant to obey them.
 */
export async function attachConsole(
  { client, output, interrupted }: CommandContext,
  { sut, confirmed }: { sut: Sut; confirmed: boolean },
): Promise<number> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, interrupted]);
  const events = await client.consoles.attach({ sutId: sut.id }, { signal });
  let typing: Promise<() => void> | null = null;
  let said = '';
  try {
    for await (const event of events) {
      if (event.type === 'bytes') process.stdout.write(Buffer.from(event.bytes, 'base64'));
      else {
        const { state, why } = event.console;
        if (said !== state) output.progress(`[${sut.name}: console ${state}${why === null ? '' : `, ${why}`}]`);
        said = state;
        if (state === 'open')
          typing ??= type({ client, sutId: sut.id, confirmed, leave: () => leaving.abort(), say: (text) => output.progress(text) });
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await typing?.then((stop) => stop());
  }
  return EXIT.passed;
}

interface Typing {
  client: CommandContext['client'];
  sutId: string;
  confirmed: boolean;
  leave: () => void;
  say: (text: string) => void;
}

/** Types what comes in; who may not type reads on. */
async function type({ client, sutId, confirmed, leave, say }: Typing): Promise<() => void> {
  try {
    await client.consoles.takeWriter({ sutId, confirmed });
  } catch (error) {
    say(`[reading only: ${error instanceof Error ? error.message : String(error)}]`);
    return () => undefined;
  }
  const { stdin } = process;
  let turn = Promise.resolve();
  const hear = (data: Buffer) => {
    const text = data.toString('utf8');
    if (stdin.isTTY && text.includes(LEAVE)) return leave();
    turn = turn
      .then(async () => void (await client.consoles.write({ sutId, text: text.replaceAll('\n', '\r') })))
      .catch((error: unknown) => {
        say(`[not typed: ${error instanceof Error ? error.message : String(error)}]`);
      });
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', hear).resume();
  return () => {
    stdin.off('data', hear).pause();
    if (stdin.isTTY) stdin.setRawMode(false);
  };
}
