import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { WorkbenchError } from '../errors.ts';

export interface RebotJob {
  python: string;
  /** output.xml of a run. */
  source: string;
  form: 'log.html' | 'report.html' | 'xunit.xml';
  /** The one file to write. */
  target: string;
}

const OPTION = { 'log.html': '--log', 'report.html': '--report', 'xunit.xml': '--xunit' } as const;
/** They would bring options of the user's own into a file that is to be the same for everybody. */
const FOREIGN = ['ROBOT_OPTIONS', 'REBOT_OPTIONS', 'ROBOT_SYSLOG_FILE', 'ROBOT_SYSLOG_LEVEL'];

/** Makes one file out of a finished output.xml. Throws PYTHON_MISSING, or ROBOT_DATA with what Robot Framework says about the source. */
export function runRebot({ python, source, form, target }: RebotJob): Promise<void> {
  const others = ['--output', '--log', '--report'].filter((option) => option !== OPTION[form]).flatMap((option) => [option, 'NONE']);
  const wanted = [OPTION[form], basename(target), '--outputdir', dirname(target), '--nostatusrc', '--processemptysuite'];
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name)));
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-B', '-m', 'robot.rebot', ...others, ...wanted, source], {
      env: environment,
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    child.once('error', (cause) =>
      reject(new WorkbenchError('PYTHON_MISSING', `Python could not be started: ${cause.message}`, { cause })),
    );
    child.once('close', (code) => (code === 0 ? resolve() : reject(refused(form, said))));
  });
}

function refused(form: string, said: string): WorkbenchError {
  const details = said.trim().split('\n').slice(-10);
  return new WorkbenchError('ROBOT_DATA', `Robot Framework could not make ${form}: ${details.at(-1) ?? 'it did not say why.'}`, {
    details,
  });
}
