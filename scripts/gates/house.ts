import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rules = [
  'package.json',
  'tsconfig.base.json',
  'eslint.config.ts',
  '.dependency-cruiser.mjs',
  'knip.config.ts',
  'electron.vite.config.ts',
  '.prettierrc.json',
  'scripts',
];

export interface House {
  /** Runs a file of the house, or of its node_modules, and answers what it said; finding nothing wrong is an error. */
  complaint: (file: string, ...parameters: string[]) => Promise<string>;
  /** The same for programs that answer their findings as data and end well whatever they found. */
  findings: (file: string, ...parameters: string[]) => Promise<string>;
  remove: () => void;
}

/** A small house with the real rules and the given files, which offend against them. */
export function buildHouse(offences: Record<string, string>): House {
  const folder = mkdtempSync(join(tmpdir(), 'atn-gates-'));
  for (const file of rules) cpSync(join(root, file), join(folder, file), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, content] of Object.entries(offences)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const inHouse = ([file = '', ...parameters]: string[]) => say(folder, [join(folder, file), ...parameters]);
  return {
    complaint: async (...command) => {
      const { failed, said } = await inHouse(command);
      if (!failed) throw new Error(`${command[0]} found nothing wrong:\n${said}`);
      return said;
    },
    findings: async (...command) => (await inHouse(command)).said,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function say(folder: string, parameters: string[]): Promise<{ failed: boolean; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: folder, maxBuffer: 100_000_000 }, (error, stdout, stderr) => {
      resolve({ failed: error !== null, said: stdout + stderr });
    });
  });
}
