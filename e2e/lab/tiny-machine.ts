import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The smallest machine that is worth testing against: 512 bytes that boot in an instant, say on the serial port from what they booted, send
 * back what is typed and go off when the power button is pressed. For QEMU's machine `pc`, whose power management is at port 600h.
 */
export function writeTinyMachine(folder: string): { disk: string; iso: string } {
  const [disk, iso] = [join(folder, 'tiny.img'), join(folder, 'tiny.iso')];
  writeFileSync(disk, Buffer.concat([bootSector('tiny machine: booted from disk\r\n')], 1024 * 1024));
  writeFileSync(iso, bootableCd(bootSector('tiny machine: booted from cdrom\r\n')));
  return { disk, iso };
}

type Part = number[] | { label: string } | { short: string } | { near: string };

/** Real-mode code that runs wherever it is loaded: a disk's goes to 0:7C00h, a CD's to 7C0h:0. */
function bootSector(greeting: string): Buffer {
  const code: Part[] = [
    [0xfb, 0xfc], // sti; cld
    [0xe8, 0x00, 0x00, 0x5e], // call here; here: pop si
    { label: 'here' },
    [0x0e, 0x1f], // push cs; pop ds
    [0xba, 0x02, 0x06, 0xb8, 0x00, 0x01, 0xef], // out 602h, 100h: the power button sets its bit
    [0x83, 0xc6, 0], // add si, greeting - here + 1; filled in below
    { label: 'print' },
    [0xac, 0x84, 0xc0, 0x74], // lodsb; test al, al; jz loop
    { short: 'loop' },
    [0xe8],
    { near: 'put' },
    [0xeb],
    { short: 'print' },
    { label: 'loop' },
    [0xba, 0x00, 0x06, 0xed, 0xf6, 0xc4, 0x01, 0x75], // in ax, 600h; test ah, 1; jnz off
    { short: 'off' },
    [0xba, 0xfd, 0x03, 0xec, 0xa8, 0x01, 0x75], // in al, 3FDh; test al, 1; jnz typed
    { short: 'typed' },
    [0xf4, 0xeb], // hlt until the next tick; jmp loop
    { short: 'loop' },
    { label: 'typed' },
    [0xba, 0xf8, 0x03, 0xec, 0xe8], // in al, 3F8h; call put
    { near: 'put' },
    [0xeb],
    { short: 'loop' },
    { label: 'off' },
    [0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef, 0xeb, 0xfe], // out 604h, 2000h: off
    { label: 'put' },
    [0x50, 0xba, 0xfd, 0x03], // push ax; mov dx, 3FDh
    { label: 'wait' },
    [0xec, 0xa8, 0x20, 0x74], // in al, dx; test al, 20h; jz wait
    { short: 'wait' },
    [0x58, 0xba, 0xf8, 0x03, 0xee, 0xc3], // pop ax; out 3F8h, al; ret
    { label: 'greeting' },
    [...Buffer.from(`${greeting}\0`, 'latin1')],
  ];
  const sector = Buffer.alloc(512);
  assemble(code).copy(sector);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

function assemble(code: Part[]): Buffer {
  const labels = new Map<string, number>();
  let length = 0;
  for (const part of code) {
    if (Array.isArray(part)) length += part.length;
    else if ('label' in part) labels.set(part.label, length);
    else length += 'short' in part ? 1 : 2;
  }
  const place = (name: string) => labels.get(name) ?? 0;
  const bytes: number[] = [];
  for (const part of code) {
    if (Array.isArray(part)) bytes.push(...part);
    else if ('short' in part) bytes.push((place(part.short) - bytes.length - 1) & 0xff);
    else if ('near' in part) {
      const distance = place(part.near) - bytes.length - 2;
      bytes.push(distance & 0xff, (distance >> 8) & 0xff);
    }
  }
  // The address that `pop si` gives is the one of the pop itself, a byte before the label.
  const add = bytes.findIndex((byte, index) => byte === 0x83 && bytes[index + 1] === 0xc6);
  bytes[add + 2] = place('greeting') - place('here') + 1;
  return Buffer.from(bytes);
}

const SECTOR = 2048;

/** A CD with nothing but its boot record (El Torito 1.0): sector 17 leads to the catalog, that to the image. */
function bootableCd(image: Buffer): Buffer {
  const cd = Buffer.alloc(24 * SECTOR);
  const [record, catalog] = [cd.subarray(17 * SECTOR), cd.subarray(19 * SECTOR)];
  record.write('\0CD001\x01EL TORITO SPECIFICATION', 'latin1');
  record.writeUInt32LE(19, 0x47);
  catalog.set([0x01], 0); // validation entry: x86
  catalog.set([0x55, 0xaa], 30);
  catalog.writeUInt16LE(0x10000 - 0xaa55 - 0x0001, 28); // all its words add up to 0
  catalog.set([0x88], 32); // bootable, no emulation
  catalog.writeUInt16LE(4, 38); // sectors of 512 bytes
  catalog.writeUInt32LE(20, 40);
  image.copy(cd, 20 * SECTOR);
  return cd;
}
