import type { Endpoint, EndpointInput } from '../../../src-shared/model/sut-endpoint.ts';
import type { SutField, SutFieldInput, SutInput } from '../../../src-shared/model/sut.ts';
import type { SutRow } from '../../store/suts.ts';

/** One machine as a file gives it. */
export interface FileSut {
  line: number;
  name: string;
  problems: string[];
  /** The name of what it is part of; undefined: not said, null: of nothing. */
  parent: string | null | undefined;
  /** What the machine shall be, from what it is: still to be checked. */
  over(before: SutInput): unknown;
}

/** A machine as a request that would change nothing: passwords and secret values stay by their references. */
export function inputOf({
  name,
  role,
  tags,
  maintainedBy,
  information,
  endpoints,
}: SutRow): SutInput & Required<Pick<SutInput, 'information'>> {
  return { name, role, tags, maintainedBy, information: information.map(fieldOf), endpoints: endpoints.map(endpointOf) };
}

function fieldOf({ key, kind, value }: SutField): SutFieldInput {
  return { key, kind, value };
}

function endpointOf({ id, provider, address, port, user, pin, commands, memoryMib, diskGib }: Endpoint): EndpointInput {
  return { id, provider, address, port, user, pin, commands, memoryMib, diskGib };
}
