import { expect, test } from 'vitest';
import { EndpointInput } from '../../../../src-shared/model/sut-endpoint.ts';
import { emptyEndpoint, endpointDraft, endpointInput, endpointProblem } from './endpoint-draft.ts';

test('a stored endpoint comes back as it was, its password neither shown nor sent', () => {
  const stored = {
    ...{ id: 'e1', provider: 'redfish' as const, address: 'https://192.0.2.10', port: 8443, user: 'admin' },
    ...{ pin: 'aa:bb', commands: {}, secret: 'secret:1', memoryMib: null, diskGib: null },
  };
  const input = endpointInput(endpointDraft(stored));
  expect(input).toEqual({
    ...{ id: 'e1', provider: 'redfish', address: 'https://192.0.2.10', port: 8443, user: 'admin' },
    ...{ pin: 'aa:bb', commands: {}, memoryMib: null, diskGib: null },
  });
  expect(endpointInput({ ...endpointDraft(stored), password: 'new' })).toMatchObject({ id: 'e1', password: 'new' });
});

test('a new endpoint has no id of the harness, and what is not typed is not sent', () => {
  const typed = { ...emptyEndpoint('screen'), address: ' 192.0.2.10 ', port: ' ' };
  expect(endpointInput(typed)).toMatchObject({ provider: 'ipmi', address: '192.0.2.10', port: null, user: '', pin: null, commands: {} });
  expect(EndpointInput.safeParse(endpointInput(typed)).success).toBe(true);
});

test('says what is missing', () => {
  expect(endpointProblem(emptyEndpoint('x'))).toContain('address');
  expect(endpointProblem({ ...emptyEndpoint('x'), address: 'a', port: '70000' })).toContain('port');
  expect(endpointProblem({ ...emptyEndpoint('x'), provider: 'simulated' })).toBeNull();
});

test('programs are typed as lines and kept as words; sizes of a virtual machine are numbers', () => {
  const programs = { ...emptyEndpoint('x'), provider: 'command' as const, commands: { on: '/usr/bin/pdu "outlet 3" on', off: ' ' } };
  expect(endpointInput(programs).commands).toEqual({ on: ['/usr/bin/pdu', 'outlet 3', 'on'] });
  expect(endpointProblem({ ...programs, commands: {} })).toContain('program');
  expect(endpointProblem({ ...programs, commands: { on: 'pdu "on' } })).toContain('quotation');
  const machine = { ...emptyEndpoint('x'), provider: 'qemu' as const, memoryMib: '512', diskGib: '0' };
  expect(endpointInput(machine)).toMatchObject({ memoryMib: 512, diskGib: 0 });
  expect(endpointProblem({ ...machine, memoryMib: '1' })).toContain('Memory');
});
