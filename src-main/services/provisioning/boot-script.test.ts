import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootScript } from './boot-script.ts';

const names = { image: 'debian 12', sut: 'node-1' };

describe('the script of a start from the network', () => {
  it('starts a kernel with its RAM disks and arguments', () => {
    const initrds = [
      { name: 'initrd', url: 'http://h/2/initrd' },
      { name: 'initrd-2', url: 'http://h/3/initrd-2' },
    ];
    const script = bootScript({ kind: 'kernel', kernel: 'http://h/1/kernel', initrds, arguments: 'console=ttyS0' }, names);
    expect(script.split('\n')).toEqual([
      '#!ipxe',
      'echo ATN Workbench starts node-1 from debian 12',
      'kernel /1/kernel initrd=initrd initrd=initrd-2 console=ttyS0 || goto failed',
      'initrd --name initrd /2/initrd || goto failed',
      'initrd --name initrd-2 /3/initrd-2 || goto failed',
      'boot || goto failed',
      ':failed',
      'echo It did not come to a start.',
      'exit 1',
      '',
    ]);
  });

  it('starts from a disk, and another program', () => {
    expect(bootScript({ kind: 'disk', url: 'http://h/1/x.iso' }, names)).toContain('\nsanboot /1/x.iso || goto failed\n');
    expect(bootScript({ kind: 'program', url: 'http://h/1/x' }, names)).toContain('\nchain /1/x || goto failed\n');
  });

  it('never gets another command out of a name or an argument', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const script = bootScript({ kind: 'kernel', kernel: 'http://h/k', initrds: [], arguments: text }, { image: other, sut: text });
        expect(script.split('\n')).toHaveLength(8);
        expect(script).not.toContain('${');
      }),
    );
  });
});
