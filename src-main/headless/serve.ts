import { join } from 'node:path';
import { composeHarness } from '../compose.ts';
import { startLoopback } from '../loopback/start-loopback.ts';
import { wholeNumber, type CommandLine } from './command-line.ts';
import { EXIT } from './exit-codes.ts';
import { headlessOptions, localUser } from './local.ts';
import type { Output } from './output.ts';

/** `atn serve`: owns the home, serves page and API on loopback, ends at SIGINT or SIGTERM. Runs go on without it. */
export async function serve(line: CommandLine, output: Output): Promise<number> {
  const values = line.options({ port: { type: 'string' } });
  const port = wholeNumber(values.port, 'port') ?? 0;
  const harness = await composeHarness({ ...headlessOptions(line.home), demo: line.demo, throwAway: line.throwAway });
  try {
    const options = headlessOptions(line.home);
    const loopback = await startLoopback({
      harness,
      user: localUser(),
      appVersion: options.appVersion,
      port,
      pages: join(import.meta.dirname, '../renderer'),
    });
    await harness.announce({ url: loopback.url, ownerToken: loopback.ownerToken });
    const address = loopback.oneTimeUrl();
    output.answer({ url: loopback.url, oneTimeUrl: address, home: harness.home }, () =>
      [`ATN Workbench serves ${harness.home}`, `Open this address in a browser, once: ${address}`, 'Ctrl-C ends it; runs go on.'].join(
        '\n',
      ),
    );
    await ended();
    await loopback.close();
  } finally {
    await harness.close();
  }
  return EXIT.passed;
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
