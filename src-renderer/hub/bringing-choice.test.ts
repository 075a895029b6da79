import { describe, expect, it } from 'vitest';
import { NOTHING_BROUGHT } from '../../src-shared/model/bring-limits.ts';
import { foreseenProblems, NOTHING_CHOSEN, toBringing } from './bringing-choice.ts';

describe('what is chosen to be brought', () => {
  it('takes requirements apart without breaking those that have a comma themselves', () => {
    expect(toBringing(NOTHING_CHOSEN)).toEqual({ libraryIds: [], requirements: [], image: null });
    const typed = toBringing({ ...NOTHING_CHOSEN, requirements: 'one>=1,<2, two==3\n three ', imageId: 'x', recipe: ' ' });
    expect(typed.requirements).toEqual(['one>=1,<2', 'two==3', 'three']);
    expect(typed.image).toEqual({ id: 'x', recipe: 'virtual-media', when: 'whenDifferent' });
  });

  it('is held against what the lab takes, before it is asked', () => {
    const bringing = toBringing({ ...NOTHING_CHOSEN, requirements: 'one', libraryIds: ['a'], imageId: 'x' });
    const image = {
      id: 'x',
      kind: 'image' as const,
      name: 'Small',
      person: 'ada',
      fileName: 'a.iso',
      sha256: '',
      size: 9,
      createdAt: 0,
      suites: [],
    };
    expect(foreseenProblems(NOTHING_BROUGHT, bringing, [image])).toHaveLength(3);
    expect(foreseenProblems({ index: true, packages: [], files: true, imageBytes: 9 }, bringing, [image])).toEqual([]);
  });
});
