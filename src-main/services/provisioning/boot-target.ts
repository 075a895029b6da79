import { takesImageFiles } from '../../../src-shared/model/sut-endpoint.ts';
import type { SutRow } from '../../store/suts.ts';

type Known = Pick<SutRow, 'name' | 'identity' | 'information' | 'endpoints'>;

/** By what the machine is known before it has an address: its UUID as its BMC says it, and fields called mac. */
export function bootTarget({ identity, information }: Pick<Known, 'identity' | 'information'>): { uuids: string[]; macs: string[] } {
  const macs = information.flatMap(({ key, kind, value }) =>
    /^mac/iu.test(key) && kind !== 'secret' && typeof value === 'string' ? value.split(/[\s,;]+/u) : [],
  );
  return {
    uuids: [identity?.uuid ?? ''].map(digits).filter((each) => each.length === 32),
    macs: macs.map(digits).filter((each) => each.length === 12),
  };
}

/** Why nobody could tell it from others when it starts from the network; null when it is known, or is told the address itself. */
export function whyUnknown(sut: Known): string | null {
  const { uuids, macs } = bootTarget(sut);
  if (uuids.length + macs.length > 0 || takesImageFiles(sut.endpoints)) return null;
  return `Nobody could tell which machine is ${sut.name} when it starts from the network. Verify it, so that its UUID is known, or give it the field mac.`;
}

const digits = (text: string): string => text.replaceAll(/[^0-9a-f]/giu, '').toLowerCase();
