import { describe, expect, it } from 'vitest';
import { consoleProblem, RemoteConsoles } from './remote-consoles.ts';

const both = [true, false];

describe('what remote people may do with a console', () => {
  it('is what the owner allowed, on a machine that they hold, and typing only while sharing is not paused', () => {
    const allowed: string[] = [];
    for (const policy of RemoteConsoles.options)
      for (const holds of both)
        for (const paused of both)
          for (const deed of ['read', 'write'] as const)
            if (consoleProblem({ policy, holds, paused }, deed) === null)
              allowed.push([policy, holds ? 'held' : 'not held', paused ? 'paused' : 'shared', deed].join(', '));
    expect(allowed).toEqual([
      'read, held, paused, read',
      'read, held, shared, read',
      'write, held, paused, read',
      'write, held, shared, read',
      'write, held, shared, write',
    ]);
  });
  it('names the reason that somebody can do something about first', () => {
    expect(consoleProblem({ policy: 'nothing', holds: false, paused: true }, 'write')).toContain('Ask its owner');
    expect(consoleProblem({ policy: 'write', holds: false, paused: true }, 'write')).toContain('Reserve it');
  });
});
