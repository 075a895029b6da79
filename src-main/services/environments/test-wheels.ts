import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A wheel that a test makes: tiny, pure Python. */
export interface TestWheel {
  name: string;
  version: string;
  fileName: string;
  bytes: Buffer;
  sha256: string;
}

interface WheelToMake {
  name: string;
  version: string;
  /** Path in site-packages to its text; a module of the same name when left out. */
  files?: Readonly<Record<string, string>>;
  requires?: readonly string[];
}

export async function makeWheel({ name, version, files, requires = [] }: WheelToMake): Promise<TestWheel> {
  const plain = name.replaceAll(/[-.]/gu, '_');
  const info = `${plain}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    'Summary: Made by a test.',
    ...requires.map((each) => `Requires-Dist: ${each}`),
  ];
  const content: Record<string, string> = {
    ...(files ?? {
      [`${plain}.py`]: `VERSION = "${version}"\n\n\ndef say_hello(name="you"):\n    """Greets."""\n    return f"hello {name}"\n`,
    }),
    [`${info}/METADATA`]: `${metadata.join('\n')}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record = Object.entries(content).map(([path, text]) => `${path},sha256=${digest(text, 'base64url')},${Buffer.byteLength(text)}`);
  const zip = new ZipFile();
  const mtime = new Date(Date.UTC(2026, 0, 1));
  for (const [path, text] of Object.entries(content)) zip.addBuffer(Buffer.from(text), path, { mtime });
  zip.addBuffer(Buffer.from([...record, `${info}/RECORD,,`, ''].join('\n')), `${info}/RECORD`, { mtime });
  zip.end();
  const bytes = await buffer(zip.outputStream);
  return { name, version, fileName: `${plain}-${version}-py3-none-any.whl`, bytes, sha256: digest(bytes, 'hex') };
}

/** Enough of Robot Framework for an environment to be taken: it says its version. */
export function pretendedRobot(version = '7.5'): Promise<TestWheel> {
  return makeWheel({
    name: 'robotframework',
    version,
    files: { 'robot/__init__.py': '', 'robot/version.py': `def get_version():\n    return "${version}"\n` },
  });
}

function digest(content: string | Buffer, form: 'hex' | 'base64url'): string {
  return createHash('sha256').update(content).digest(form);
}
