import { expect, it } from 'vitest';
import { differencesFrom } from './differences.ts';

it('names what the run alone has, with machines held side by side without their names', () => {
  const fact = (group: 'run' | 'machine' | 'variables', name: string, ...values: (string | null)[]) => ({
    ...{ group, name, values },
    differs: new Set(values).size > 1,
  });
  const differences = differencesFrom([
    fact('run', 'SUTs', 'rack-1', 'rack-2', 'rack-3'),
    fact('machine', 'rack-1.bmc.firmware', '7.00', null, null),
    fact('machine', 'rack-2.bmc.firmware', null, '3.04', null),
    fact('machine', 'rack-3.bmc.firmware', null, null, '6.10'),
    fact('machine', 'rack-1.model', 'r650', null, null),
    fact('machine', 'rack-2.model', null, 'r650', null),
    fact('machine', 'rack-3.model', null, null, 'dl380'),
    fact('variables', 'MODE', 'hot', 'hot', 'cold'),
    fact('variables', 'LIMIT', null, '3', '3'),
  ]);
  expect(differences).toEqual([
    { name: 'bmc.firmware', here: '7.00', there: '3.04, 6.10' },
    { name: 'LIMIT', here: 'none', there: '3' },
  ]);
});
