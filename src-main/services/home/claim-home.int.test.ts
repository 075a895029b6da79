import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, type TestContext } from 'vitest';
import { composeHarness } from '../../compose.ts';

const resources = join(import.meta.dirname, '../../../resources');
const compose = (home: string) => composeHarness({ home, face: 'headless', appVersion: '1', resources });
const mounted: string[] = [];

afterEach(() => mounted.splice(0).forEach((place) => execFileSync('umount', [place])));

/** A small disk of its own; only root can have one, others skip. */
function smallDisk(context: TestContext, size: string): string {
  const place = mkdtempSync(join(tmpdir(), 'atn-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    context.skip('a small disk can only be mounted by root');
  }
  mounted.push(place);
  return place;
}

function fill(place: string): void {
  try {
    for (let part = 0; ; part += 1) writeFileSync(join(place, `ballast-${part}`), Buffer.alloc(4096));
  } catch {
    // full, as intended
  }
}

describe('a home', () => {
  it('on a full disk is refused with a sentence, and works when there is room again', async (context) => {
    const home = smallDisk(context, '8m');
    fill(home);
    await expect(compose(home)).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/full\. Free some space/u) as unknown,
    });
    execFileSync('sh', ['-c', 'rm -f "$0"/ballast-*', home]);
    await (await compose(home)).close();
  });
  it('whose disk fills up between its folders and its store is refused the same way', async (context) => {
    const home = smallDisk(context, '8m');
    await (await compose(home)).close();
    rmSync(join(home, 'harness.db'));
    fill(home);
    await expect(compose(home)).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
  it('on a read-only file system is refused with a sentence', async (context) => {
    const home = smallDisk(context, '8m');
    await (await compose(home)).close();
    execFileSync('mount', ['-o', 'remount,ro', home]);
    await expect(compose(home)).rejects.toMatchObject({ code: 'HOME_UNUSABLE', message: expect.stringMatching(/read-only/u) as unknown });
  });
});
