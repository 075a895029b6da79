import { WorkbenchError } from '../errors.ts';
import { runScript } from './run-script.ts';

export interface FoundPython {
  /** Absolute path of the interpreter. */
  python: string;
  version: string;
}

/** What the tools of an environment need; also the oldest that Robot Framework 7 takes. */
const OLDEST = [3, 9] as const;
const QUESTION = 'import json, sys; print(json.dumps([sys.executable, list(sys.version_info[:3])]))';
/** A desktop app on macOS does not get the PATH of a terminal. */
const USUAL_PLACES = ['/opt/homebrew/bin/python3', '/usr/local/bin/python3', '/usr/bin/python3'];

/** The Python named, else the first on the PATH that is new enough. Throws PYTHON_MISSING with what was found instead. */
export async function findPython(signal?: AbortSignal, named?: string): Promise<FoundPython> {
  const refused: string[] = [];
  for (const [python, ...args] of named === undefined ? candidates() : [[named] as [string, ...string[]]]) {
    const found = await ask(python, args, signal);
    if (typeof found === 'string') refused.push(found);
    else return found;
  }
  const wanted = `Python ${OLDEST.join('.')} or newer`;
  throw new WorkbenchError(
    'PYTHON_MISSING',
    named === undefined
      ? `${wanted} was not found. Install it (on Debian and Ubuntu: sudo apt-get install python3-venv), or name an interpreter in Settings.`
      : `${named} cannot be used: ${wanted} is needed. Name another interpreter in Settings.`,
    { details: refused },
  );
}

function candidates(): [string, ...string[]][] {
  if (process.platform === 'win32') return [['python3'], ['python'], ['py', '-3']];
  return [['python3'], ['python'], ...USUAL_PLACES.map((place): [string] => [place])];
}

async function ask(python: string, args: readonly string[], signal: AbortSignal | undefined): Promise<FoundPython | string> {
  try {
    const { code, stdout, stderr } = await runScript({
      python,
      args: [...args, '-c', QUESTION],
      signal,
      timeoutMs: 15_000,
      title: 'Looking for Python',
    });
    if (code !== 0) return `${python}: ${stderr.trim().slice(-200)}`;
    const [executable, version] = JSON.parse(stdout) as [string, [number, number, number]];
    const isNew = version[0] > OLDEST[0] || (version[0] === OLDEST[0] && version[1] >= OLDEST[1]);
    return isNew ? { python: executable, version: version.join('.') } : `${executable} is Python ${version.join('.')}: too old`;
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'CANCELLED') throw error;
    return `${python}: ${error instanceof WorkbenchError ? (error.data.details[0] ?? error.message) : String(error)}`;
  }
}
