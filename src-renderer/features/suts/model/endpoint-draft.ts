import type { Endpoint, EndpointInput, Provider } from '../../../../src-shared/model/sut-endpoint.ts';

/** An endpoint as typed. */
export interface EndpointDraft {
  readonly id: string;
  /** False: it has not been saved yet. */
  readonly known: boolean;
  readonly provider: Provider;
  readonly address: string;
  readonly port: string;
  readonly user: string;
  readonly pin: string;
  /** A password is stored. */
  readonly stored: boolean;
  /** Null keeps the stored one. */
  readonly password: string | null;
  readonly commands: Endpoint['commands'];
}

export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  ipmi: 'IPMI',
  redfish: 'Redfish',
  ssh: 'SSH',
  qemu: 'QEMU, a virtual machine',
  command: 'Programs',
  simulated: 'Simulated',
};

export function emptyEndpoint(id: string): EndpointDraft {
  return { id, known: false, provider: 'ipmi', address: '', port: '', user: '', pin: '', stored: false, password: null, commands: {} };
}

export function endpointDraft({ id, provider, address, port, user, pin, secret, commands }: Endpoint): EndpointDraft {
  const text = { port: port === null ? '' : String(port), pin: pin ?? '' };
  return { id, known: true, provider, address, ...text, user, stored: secret !== null, password: null, commands };
}

export function endpointInput({ id, known, provider, address, port, user, pin, password, commands }: EndpointDraft): EndpointInput {
  return {
    ...(known ? { id } : {}),
    ...{ provider, address: address.trim(), user: user.trim(), commands },
    port: port.trim() === '' ? null : Number(port.trim()),
    pin: pin.trim() === '' ? null : pin.trim(),
    ...(password === null ? {} : { password }),
  };
}

export function endpointProblem({ provider, address, port }: EndpointDraft): string | null {
  if (['ipmi', 'redfish', 'ssh'].includes(provider) && address.trim() === '') return 'An endpoint needs an address.';
  const number = Number(port.trim());
  if (port.trim() !== '' && !(Number.isInteger(number) && number > 0 && number < 65_536)) return 'A port is a number up to 65535.';
  return null;
}
