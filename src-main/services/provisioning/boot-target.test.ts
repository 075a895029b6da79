import { describe, expect, it } from 'vitest';
import type { SutRow } from '../../store/suts.ts';
import { bootTarget, whyUnknown } from './boot-target.ts';

const sut = { name: 'node-1', identity: null, information: [], endpoints: [] as SutRow['endpoints'] };
const field = (key: string, value: string, kind: 'text' | 'secret' = 'text') => ({ key, kind, value }) as SutRow['information'][number];

describe('a machine that is to start from the network', () => {
  it('is known by its UUID and its fields called mac', () => {
    const identity = { uuid: '0F8FAD5B-D9CB-469F-A165-70867728950E' } as SutRow['identity'];
    const information = [field('mac', '52:54:00:12:34:56, 52-54-00-12-34-57'), field('mac 2', 'none'), field('macaroni', 'x', 'secret')];
    expect(bootTarget({ identity, information })).toEqual({
      uuids: ['0f8fad5bd9cb469fa16570867728950e'],
      macs: ['525400123456', '525400123457'],
    });
    expect(whyUnknown({ ...sut, identity, information })).toBeNull();
  });

  it('by nothing is said before anything is done, unless the harness itself tells it', () => {
    expect(whyUnknown(sut)).toContain('node-1');
    const qemu = [{ provider: 'qemu' }] as unknown as SutRow['endpoints'];
    expect(whyUnknown({ ...sut, endpoints: qemu })).toBeNull();
  });
});
