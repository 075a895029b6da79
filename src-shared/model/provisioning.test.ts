import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentStep,
  needOf,
  nextProvisionState,
  PROVISION_STEP_EVENTS,
  PROVISION_STEP_STATES,
  undoOf,
  type Installed,
  type ProvisionStepState,
} from './provisioning.ts';

const states = fc.constantFrom(...PROVISION_STEP_STATES);
const events = fc.constantFrom(...PROVISION_STEP_EVENTS);
const kinds = fc.constantFrom('insert', 'boot', 'power', 'waitSsh', 'eject', 'ssh');

describe('a step of a provisioning', () => {
  it('is never done twice, whatever happens: what is done, failed or left stays so', () => {
    fc.assert(
      fc.property(fc.array(events), (happened) => {
        let state: ProvisionStepState = 'waiting';
        let done = false;
        for (const event of happened) {
          const next = nextProvisionState(state, event);
          if (next === null) continue;
          expect(done, `${state} ${event}`).toBe(false);
          state = next;
          done = state === 'done' || state === 'failed' || state === 'left';
        }
      }),
    );
  });

  it('that was under way at a crash is looked at before it is begun again', () => {
    expect(nextProvisionState('running', 'lost')).toBe('unknown');
    expect(nextProvisionState('unknown', 'began')).toBe(null);
    expect(nextProvisionState('unknown', 'foundUndone')).toBe('waiting');
  });

  it('comes after those before it, and after a failed one comes none', () => {
    fc.assert(
      fc.property(fc.array(states), (all) => {
        const index = currentStep(all);
        if (index === null) {
          const open = all.findIndex((state) => state !== 'done' && state !== 'left');
          expect(open === -1 || all[open] === 'failed').toBe(true);
        } else {
          expect(all.slice(0, index).every((state) => state === 'done' || state === 'left')).toBe(true);
          expect(['waiting', 'running', 'unknown']).toContain(all[index]);
        }
      }),
    );
  });

  it('that may have been done is taken back: an image ejected, a boot order restored', () => {
    const step = fc.record({ step: fc.record({ do: kinds }), state: states, tries: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const undo = undoOf(steps);
        const may = (kind: string) =>
          steps.some((one) => one.step.do === kind && (one.tries > 0 || ['running', 'done', 'failed', 'unknown'].includes(one.state)));
        expect(undo.includes('eject')).toBe(may('insert'));
        expect(undo.includes('bootOrder')).toBe(may('boot'));
      }),
    );
  });
});

describe('whether a machine has to be provisioned', () => {
  const image = { name: 'debian', sha256: 'a'.repeat(64) };
  const wanted = { when: 'whenDifferent', image, recipeSha256: 'r', answersSha256: 'x' } as const;
  const installed: Installed = {
    sutId: 's',
    image,
    recipe: 'R',
    recipeSha256: 'r',
    answersSha256: 'x',
    at: 1,
    runId: 'run',
    dirtySince: null,
  };

  it('skips only what is exactly as wanted, and says why in both cases', () => {
    expect(needOf(wanted, installed)).toEqual({ skip: true, why: 'It has debian already, by the same recipe and answers.' });
    const others: Partial<Installed>[] = [
      { image: { name: 'debian', sha256: 'b'.repeat(64) } },
      { image: null },
      { recipeSha256: 'other' },
      { answersSha256: null },
      { dirtySince: 5 },
    ];
    for (const other of others) expect(needOf(wanted, { ...installed, ...other }).skip, JSON.stringify(other)).toBe(false);
    expect(needOf(wanted, undefined).skip).toBe(false);
    expect(needOf({ ...wanted, when: 'always' }, installed).skip).toBe(false);
    expect(needOf({ ...wanted, when: 'never' }, undefined).skip).toBe(true);
  });
});
