import type { PowerAction } from '../../../../src-shared/model/machine.ts';

export const POWER_WORDS: Readonly<Record<PowerAction, string>> = {
  on: 'Power on',
  off: 'Power off',
  cycle: 'Power cycle',
  reset: 'Reset',
  soft: 'Shut down',
};
