/**
 * What iPXE is told to start: a kernel with its RAM disks, a disc or disk, or a program. Of addresses only the path is said: iPXE takes the rest from
 * where the script itself came from, which is where the machine reaches this computer, whatever lies in between.
 */
export type BootThing =
  | { kind: 'kernel'; kernel: string; initrds: readonly { name: string; url: string }[]; arguments: string }
  | { kind: 'disk' | 'program'; url: string };

/** The script of one machine for iPXE; what is not started says so on its console, and the firmware goes on. */
export function bootScript(thing: BootThing, { image, sut }: { image: string; sut: string }): string {
  return [
    '#!ipxe',
    `echo ATN Workbench starts ${oneLine(sut)} from ${oneLine(image)}`,
    ...commands(thing),
    ':failed',
    'echo It did not come to a start.',
    'exit 1',
    '',
  ].join('\n');
}

function commands(thing: BootThing): string[] {
  if (thing.kind !== 'kernel') return [`${thing.kind === 'disk' ? 'sanboot' : 'chain'} ${pathOf(thing.url)} || goto failed`];
  // Firmware of the newer kind finds RAM disks by their names only.
  const named = thing.initrds.map(({ name }) => `initrd=${name}`);
  const line = [...named, oneLine(thing.arguments)].filter((word) => word !== '').join(' ');
  return [
    `kernel ${pathOf(thing.kernel)} ${line}`.trimEnd() + ' || goto failed',
    ...thing.initrds.map(({ name, url }) => `initrd --name ${name} ${pathOf(url)} || goto failed`),
    'boot || goto failed',
  ];
}

const pathOf = (url: string): string => new URL(url).pathname;

/** A line break would begin another command, and `${` a setting of iPXE's. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll('${', '$ {')
    .trim();
