import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, runTool } from './processes.ts';

/** Modules without which the machine has no disk, CD or network. */
const MODULES = ['virtio_pci', 'virtio_blk', 'virtio_net', 'ata_piix', 'sr_mod', 'isofs', 'af_packet'];
/** Where the answers lie on the disk, in MiB: behind everything that the image can hold. */
const ANSWERS_AT = 96;

/**
 * What the machine does first. Started from the network with lab.ip=ADDRESS/BITS and lab.call=URL it asks for that and stays. With a disc in its first drive it installs itself: copies the disc to its disk, which boots by itself as the disc does,
 * keeps the answers of the second disc behind it and switches off. Without one it is installed: takes the answers, and lets the key in them log in.
 */
const INIT = `#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root
mkdir -p /proc /sys /dev /disc /answers /root/.ssh /etc/dropbear /var/run
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
mkdir -p /dev/pts; mount -t devpts devpts /dev/pts
exec >/dev/console 2>&1
for module in $(cat /modules); do insmod $module; done
echo "lab: up"
for word in $(cat /proc/cmdline); do case "$word" in lab.ip=*) ip=\${word#lab.ip=} ;; lab.call=*) call=\${word#lab.call=} ;; esac; done
if [ -n "$call" ]; then
  ip link set eth0 up; ip addr add "$ip" dev eth0
  tries=0; until wget -q -O /dev/null "$call" || [ $tries -ge 60 ]; do sleep 0.5; tries=$((tries + 1)); done
  echo "lab: called"; sleep 3600
fi
tries=0; while [ ! -b /dev/vda ] && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
if mount -t iso9660 -o ro /dev/sr0 /disc 2>/dev/null; then
  echo "lab: installing"
  if ! mount -t iso9660 -o ro /dev/sr1 /answers; then echo "lab: FAILED, no answers"; sleep 3600; fi
  [ -f /answers/hold ] && { echo "lab: holding"; sleep 3600; }
  umount /disc
  dd if=/dev/sr0 of=/dev/vda bs=1M 2>/dev/null
  (cd /answers && tar cf - .) | dd of=/dev/vda bs=1M seek=${ANSWERS_AT} 2>/dev/null
  sync; echo "lab: INSTALLED"; poweroff -f
fi
dd if=/dev/vda bs=1M skip=${ANSWERS_AT} count=1 2>/dev/null | tar xf - -C /answers
hostname "$(cat /answers/hostname)"
cp /answers/authorized_keys /root/.ssh/authorized_keys
chmod 700 /root /root/.ssh; chmod 600 /root/.ssh/authorized_keys
ip link set lo up; ip link set eth0 up; ip addr add 10.0.2.15/24 dev eth0; ip route add default via 10.0.2.2
dropbear -R -s -p 22
echo "lab: ready, $(hostname)"
while true; do sleep 3600; done
`;

/**
 * A Linux of Debian's packages that installs itself from its own disc by the answers on a second one, and opens SSH: built once, kept in the cache.
 * BIOS, 128 MiB of memory, a disk of at least 128 MiB.
 */
export function selfInstallingLinux(): string {
  const cache = process.env['ATN_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'atn-workbench');
  const iso = join(
    cache,
    `lab-linux-${createHash('sha256')
      .update(readFileSync(import.meta.filename))
      .digest('hex')
      .slice(0, 12)}.iso`,
  );
  if (existsSync(iso)) return iso;
  const work = mkdtempSync(join(tmpdir(), 'atn-lab-linux-'));
  try {
    mkdirSync(cache, { recursive: true });
    const built = build(work);
    copyFileSync(built, `${iso}.${process.pid}`);
    renameSync(`${iso}.${process.pid}`, iso);
    return iso;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The same Linux as what a network start needs: its kernel and its initial RAM disk, as files of the folder. */
export function labBootFiles(folder: string): { kernel: string; initrd: string } {
  const files = { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd.img') };
  const extract = ['-extract', '/vmlinuz', files.kernel, '-extract', '/initrd.img', files.initrd];
  runTool(program('xorriso', 'xorriso'), ['-osirrox', 'on', '-indev', selfInstallingLinux(), ...extract]);
  return files;
}

function build(work: string): string {
  const kernel = fetchKernel(work);
  const root = join(work, 'root');
  for (const folder of ['bin', 'root', 'etc', 'lib64']) mkdirSync(join(root, folder), { recursive: true });
  copyProgram(root, program('busybox', 'busybox-static'), 'bin/busybox');
  copyProgram(root, program('dropbear', 'dropbear-bin'), 'bin/dropbear');
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(root, 'etc/shells'), '/bin/sh\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\n');
  writeFileSync(join(root, 'modules'), copyModules(root, kernel).join('\n'));
  writeFileSync(join(root, 'init'), INIT, { mode: 0o755 });
  const disc = join(work, 'disc');
  mkdirSync(join(disc, 'isolinux'), { recursive: true });
  shell(`cd '${root}' && find . | cpio --quiet -o -H newc | gzip -9 > '${disc}/initrd.img'`);
  runTool('/bin/cp', [kernel.image, join(disc, 'vmlinuz')]);
  runTool('/bin/cp', ['/usr/lib/ISOLINUX/isolinux.bin', '/usr/lib/syslinux/modules/bios/ldlinux.c32', join(disc, 'isolinux')]);
  const menu =
    'SERIAL 0 115200\nDEFAULT lab\nPROMPT 0\nLABEL lab\n KERNEL /vmlinuz\n INITRD /initrd.img\n APPEND console=ttyS0,115200 quiet panic=1\n';
  writeFileSync(join(disc, 'isolinux/isolinux.cfg'), menu);
  const iso = join(work, 'lab.iso');
  runTool(program('xorriso', 'xorriso'), [
    ...['-as', 'mkisofs', '-quiet', '-V', 'LAB_LINUX', '-isohybrid-mbr', '/usr/lib/ISOLINUX/isohdpfx.bin', '-b', 'isolinux/isolinux.bin'],
    ...['-c', 'isolinux/boot.cat', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table', '-J', '-R', '-o', iso, disc],
  ]);
  return iso;
}

interface Kernel {
  image: string;
  modules: string;
  version: string;
}

/** Debian's smallest kernel: fetched and unpacked, not installed. */
function fetchKernel(work: string): Kernel {
  const depends = runTool(program('apt-cache', 'apt'), ['depends', 'linux-image-cloud-amd64']);
  const name = /Depends: (linux-image-\S+)/u.exec(depends)?.[1];
  if (name === undefined) throw new Error(`apt knows no kernel: ${depends}`);
  shell(`cd '${work}' && apt-get download -q ${name}`);
  const file = readdirSync(work).find((each) => each.endsWith('.deb'));
  if (file === undefined) throw new Error(`apt fetched no ${name}`);
  const unpacked = join(work, 'kernel');
  runTool('/usr/bin/dpkg-deb', ['-x', join(work, file), unpacked]);
  const version = name.replace('linux-image-', '');
  const modules = join(unpacked, 'lib/modules', version);
  runTool(program('depmod', 'kmod'), ['-b', unpacked, version]);
  return { image: join(unpacked, `boot/vmlinuz-${version}`), modules, version };
}

/** The modules and what they need, in the order in which they must be put in; their paths on the machine. */
function copyModules(root: string, { modules, version }: Kernel): string[] {
  const base = join(modules, '../../..');
  const said = runTool(program('modprobe', 'kmod'), ['-d', base, '-S', version, '--show-depends', '-a', ...MODULES]);
  const files = [...new Set([...said.matchAll(/^insmod (\S+)/gmu)].map(([, file = '']) => file))];
  mkdirSync(join(root, 'lib/modules'), { recursive: true });
  return files.map((file) => {
    const name = file.split('/').at(-1) ?? file;
    runTool('/bin/cp', [file, join(root, 'lib/modules', name)]);
    return `/lib/modules/${name}`;
  });
}

/** With the libraries that it is linked to. */
function copyProgram(root: string, file: string, to: string): void {
  runTool('/bin/cp', ['-L', file, join(root, to)]);
  const linked = shell(`ldd '${file}' 2>/dev/null || true`);
  for (const [library] of linked.matchAll(/\/\S+\.so\S*/gu)) {
    const folder = join(root, library, '..');
    mkdirSync(folder, { recursive: true });
    runTool('/bin/cp', ['-L', library, join(root, library)]);
  }
}

const shell = (command: string): string => runTool('/bin/sh', ['-c', command]);
