import { expect, it } from 'vitest';
import { inTwo } from './sentences.ts';

it('parts what happened from why and what now', () => {
  expect(inTwo('dl380-07 is held by linus. Ask for it, or choose another.')).toEqual([
    'dl380-07 is held by linus',
    'Ask for it, or choose another.',
  ]);
  expect(inTwo('Version 7.3.2 is too old.')).toEqual(['Version 7.3.2 is too old', '']);
});
