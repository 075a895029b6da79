import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImageName, sortImages } from './boot-names.ts';

const files = (...names: string[]) => names.map((name) => ({ name }));
const sorted = (...names: string[]) => {
  const { pairs, single, lonely } = sortImages(files(...names));
  return {
    pairs: pairs.map(({ kernel, initrds }) => [kernel.name, ...initrds.map(({ name }) => name)]),
    single: single.map(({ name }) => name),
    lonely: lonely.map(({ name }) => name),
  };
};

describe('the names of boot files', () => {
  it.each([
    ...[
      'vmlinuz',
      'vmlinuz-6.1.0-49-amd64',
      'vmlinuz-5.14.0-362.el9.x86_64',
      'vmlinuz-lts',
      'bzImage',
      'linux',
      'linux26',
      'Image',
      'Image.gz',
    ],
    ...[
      'initrd',
      'initrd.img',
      'initrd.gz',
      'initrd.img-6.1.0-49-amd64',
      'initramfs-lts',
      'initramfs-5.14.0-362.el9.x86_64.img',
      'uInitrd',
    ],
    ...['debian-12.iso', 'disk.img', 'disk.RAW', 'box.qcow2', 'ipxe.efi'],
  ])('%s is an image or a part of one', (name) => expect(isImageName(name)).toBe(true));

  it.each([
    'kernel.robot',
    'vmlinuz.robot',
    'initrd.resource',
    'linux.zip',
    'kernel tests.robot',
    'image.yaml',
    'kernel-tests',
    'output.xml',
    'linux.py',
    '',
  ])('%s is none', (name) => expect(isImageName(name)).toBe(false));

  it('makes one image of a kernel and what is dropped with it', () => {
    expect(sorted('initrd.img', 'vmlinuz')).toEqual({ pairs: [['vmlinuz', 'initrd.img']], single: [], lonely: [] });
    expect(sorted('linux', 'initrd.gz', 'initrd-firmware.gz', 'a.iso')).toEqual({
      pairs: [['linux', 'initrd.gz', 'initrd-firmware.gz']],
      single: ['a.iso'],
      lonely: [],
    });
  });

  it('goes by the version among several kernels', () => {
    expect(sorted('vmlinuz-6.1.0-1-amd64', 'vmlinuz-16.1.0-1-amd64', 'initrd.img-16.1.0-1-amd64', 'initrd.img-6.1.0-1-amd64')).toEqual({
      pairs: [
        ['vmlinuz-6.1.0-1-amd64', 'initrd.img-6.1.0-1-amd64'],
        ['vmlinuz-16.1.0-1-amd64', 'initrd.img-16.1.0-1-amd64'],
      ],
      single: [],
      lonely: [],
    });
    expect(sorted('vmlinuz-6.1', 'linux', 'initrd.img')).toEqual({ pairs: [], single: ['vmlinuz-6.1', 'linux'], lonely: ['initrd.img'] });
  });

  it('leaves a RAM disk without a kernel alone, and a kernel without one an image', () => {
    expect(sorted('initrd.img')).toEqual({ pairs: [], single: [], lonely: ['initrd.img'] });
    expect(sorted('vmlinuz')).toEqual({ pairs: [], single: ['vmlinuz'], lonely: [] });
  });

  it('gives each file exactly one place', () => {
    const name = fc.constantFrom('vmlinuz', 'vmlinuz-1', 'vmlinuz-2', 'linux', 'initrd', 'initrd-1', 'initramfs-2', 'a.iso', 'b.img', 'c');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const { pairs, single, lonely } = sorted(...names);
        expect([...pairs.flat(), ...single, ...lonely].sort()).toEqual([...names].sort());
        for (const pair of pairs) expect(pair.length).toBeGreaterThan(1);
      }),
    );
  });
});
