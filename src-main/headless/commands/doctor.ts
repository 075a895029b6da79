import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';

/** `atn doctor`: exit 0 when nothing is broken; warnings alone do not fail a script. */
export const doctor: Command = (line) => {
  line.options({});
  return async ({ client, output }) => {
    const checks = await client.system.doctor();
    output.answer(checks, () =>
      columns(
        checks.map(({ number, outcome, title, detail, repair }) => [
          String(number).padStart(2),
          outcome,
          title,
          repair === null ? detail : `${detail} ${repair}`,
        ]),
      ),
    );
    return checks.some((check) => check.outcome === 'broken') ? EXIT.error : EXIT.passed;
  };
};
