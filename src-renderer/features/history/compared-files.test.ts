import { expect, it } from 'vitest';
import { comparedFiles } from './compared-files.ts';

it('puts what became of each file since the first run side by side, a renamed one where it was', () => {
  const file = (kind: 'added' | 'removed' | 'changed' | 'renamed', path: string, oldPath: string | null = null) => ({
    ...{ kind, path, oldPath },
    ...{ oldSize: 1, newSize: 1 },
  });
  expect(
    comparedFiles([
      { files: [file('changed', 'b.robot'), file('added', 'new.robot')] },
      null,
      { files: [file('renamed', 'moved.robot', 'b.robot'), file('removed', 'a.robot')] },
    ]),
  ).toEqual([
    { path: 'a.robot', kinds: [null, null, 'removed'] },
    { path: 'b.robot', kinds: ['changed', null, 'renamed'] },
    { path: 'new.robot', kinds: ['added', null, null] },
  ]);
});
