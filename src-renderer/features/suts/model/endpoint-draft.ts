import { joinWords, splitWords } from './command-line.ts';
import type { Endpoint, EndpointInput, OperatorDeed, Provider } from '../../../../src-shared/model/sut-endpoint.ts';

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
  /** Of a virtual machine, as typed; empty: the usual. */
  readonly memoryMib: string;
  readonly diskGib: string;
  /** Programs by deed, each as one line: the program, then its arguments. */
  readonly commands: Readonly<Partial<Record<OperatorDeed, string>>>;
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
  return {
    id,
    known: false,
    provider: 'ipmi',
    address: '',
    port: '',
    user: '',
    pin: '',
    stored: false,
    password: null,
    memoryMib: '',
    diskGib: '',
    commands: {},
  };
}

export function endpointDraft({ id, provider, address, port, user, pin, secret, commands, memoryMib, diskGib }: Endpoint): EndpointDraft {
  const sizes = { memoryMib: typed(memoryMib), diskGib: typed(diskGib) };
  const programs = Object.fromEntries(Object.entries(commands).map(([deed, words]) => [deed, joinWords(words)]));
  return {
    ...{ id, known: true, provider, address, port: typed(port), pin: pin ?? '', user, stored: secret !== null, password: null },
    ...sizes,
    commands: programs,
  };
}

const typed = (number: number | null): string => (number === null ? '' : String(number));
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim()));

export function endpointInput(draft: EndpointDraft): EndpointInput {
  const { id, known, provider, address, user, pin, password } = draft;
  return {
    ...(known ? { id } : {}),
    ...{ provider, address: address.trim(), user: user.trim() },
    ...{ port: numberOf(draft.port), memoryMib: numberOf(draft.memoryMib), diskGib: numberOf(draft.diskGib) },
    commands: provider === 'command' ? programsOf(draft) : {},
    pin: pin.trim() === '' ? null : pin.trim(),
    ...(password === null ? {} : { password }),
  };
}

function programsOf({ commands }: EndpointDraft): Record<string, string[]> {
  const lines = Object.entries(commands).map(([deed, line = '']) => [deed, splitWords(line) ?? []] as const);
  return Object.fromEntries(lines.filter(([, words]) => words.length > 0));
}

export function endpointProblem(draft: EndpointDraft): string | null {
  const { provider, address, port, memoryMib, diskGib, commands } = draft;
  if (['ipmi', 'redfish', 'ssh'].includes(provider) && address.trim() === '') return 'An endpoint needs an address.';
  if (!within(port, 1, 65_535)) return 'A port is a number up to 65535.';
  if (provider === 'qemu' && !within(memoryMib, 16, 1_048_576)) return 'Memory is a number of MiB, at least 16.';
  if (provider === 'qemu' && !within(diskGib, 0, 4096)) return 'The disk is a number of GiB, at most 4096; 0 for none.';
  if (provider !== 'command') return null;
  if (Object.values(commands).some((line = '') => splitWords(line) === null)) return 'A quotation mark is opened and never closed.';
  return Object.keys(programsOf(draft)).length === 0 ? 'Name at least one program.' : null;
}

function within(text: string, least: number, most: number): boolean {
  const number = numberOf(text);
  return number === null || (Number.isInteger(number) && number >= least && number <= most);
}
