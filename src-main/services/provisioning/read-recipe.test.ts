import { describe, expect, it } from 'vitest';
import { READY_ANSWERS } from '../../../src-shared/model/recipe.ts';
import { BUILT_IN_RECIPES } from './built-in-recipes.ts';
import { parseRecipe, readRecipe } from './read-recipe.ts';

const nothing = { revision: { files: () => Promise.resolve([]), text: () => Promise.resolve(null) } };
const read = (ref: string, answers: (typeof READY_ANSWERS)[number] | null = null) => readRecipe(nothing, { ref, of: null, answers });

describe('recipes', () => {
  it.each(Object.keys(BUILT_IN_RECIPES))('%s is one, and says what to wait for', async (ref) => {
    const recipe = await read(ref);
    expect(recipe.doc.length).toBeGreaterThan(20);
    expect(recipe.steps.some((step) => step.do.startsWith('wait'))).toBe(true);
    expect(recipe.answers).toBe(null);
  });

  it('take ready-made answers right after the image', async () => {
    for (const name of READY_ANSWERS) {
      const { steps, answers } = await read('virtual-media', name);
      const image = steps.findIndex((step) => step.do === 'insert' && step.what === 'image');
      expect(steps[image + 1]).toMatchObject({ do: 'insert', what: 'answers' });
      expect(answers?.files.length).toBeGreaterThan(0);
    }
  });

  it('that hand over no answers refuse ready-made ones', async () => {
    await expect(read('ssh-reimage', 'kickstart')).rejects.toThrow('no step that hands over answers');
  });

  it('are refused where they name a call that no step waits for, or insert answers that they do not have', () => {
    const called = 'recipe: x\nsteps: [{ do: ssh, command: "curl {{ callBack.url }}" }]';
    expect(parseRecipe(called).problem).toContain('waitCallBack');
    expect(parseRecipe('recipe: x\nsteps: [{ do: insert, what: answers }]').problem).toContain('has none');
    expect(parseRecipe('recipe: x\nanswers: { use: nothing }\nsteps: [{ do: eject }]').problem).toContain('answers');
  });
});
