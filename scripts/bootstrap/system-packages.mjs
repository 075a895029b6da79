// What the operating system must bring. On Debian and Ubuntu as root it is installed, else the one command to type is printed.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../lib/places.mjs';
import { must, run, say } from '../lib/run.mjs';

/** Something to look for, and the Debian package that brings it. @type {Record<string, Array<[string, string]>>} */
const groups = {
  compiler: [
    ['c++', 'g++'],
    ['make', 'make'],
  ],
  window: [
    ['libgtk-3.so.0', 'libgtk-3-0'],
    ['libnss3.so', 'libnss3'],
    ['libasound.so.2', 'libasound2'],
    ['libgbm.so.1', 'libgbm1'],
    ['libXss.so.1', 'libxss1'],
    ['libnotify.so.4', 'libnotify4'],
  ],
  screen: [
    ['Xvfb', 'xvfb'],
    ['xauth', 'xauth'],
  ],
  browser: [['chromium', 'chromium']],
  bench: [['/usr/sbin/nginx', 'nginx-light']],
  lab: [
    ['qemu-system-x86_64', 'qemu-system-x86'],
    ['qemu-img', 'qemu-utils'],
    ['curl', 'curl'],
    ['sshd', 'openssh-server'],
    ['openssl', 'openssl'],
    ['pg_ctlcluster', 'postgresql'],
    ['xorriso', 'xorriso'],
    ['busybox', 'busybox-static'],
    ['dropbear', 'dropbear-bin'],
    ['depmod', 'kmod'],
    ['cpio', 'cpio'],
    ['/usr/lib/ISOLINUX/isolinux.bin', 'isolinux'],
    ['/usr/lib/syslinux/modules/bios/ldlinux.c32', 'syslinux-common'],
    ['ip', 'iproute2'],
    // DHCP servers as labs have them; none of them answers anywhere before a test starts it in a network of its own.
    ['dnsmasq', 'dnsmasq-base'],
    ['dhcpd', 'isc-dhcp-server'],
    ['kea-dhcp4', 'kea-dhcp4-server'],
    ['/usr/share/OVMF/OVMF_CODE_4M.fd', 'ovmf'],
    ['/usr/lib/ipxe/ipxe.efi', 'ipxe'],
  ],
};

/** @param {Array<keyof typeof groups>} names */
export async function ensureSystemPackages(names) {
  if (process.platform !== 'linux') return;
  const libraries = (await run(['/sbin/ldconfig', '-p'])).output;
  const here = (/** @type {string} */ thing) => (thing.includes('.so') ? libraries.includes(thing) : onPath(thing));
  const missing = names.flatMap((name) => groups[name] ?? []).filter(([thing]) => !here(thing));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error(`This machine lacks ${packages.join(', ')}. On Debian or Ubuntu type:\n\n  sudo ${command}\n`);
  }
  say(`Installing Debian packages: ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must(['apt-get', 'update', '-q'], { env });
  await must(command.split(' '), { env });
}

/** Other makers' BMCs and clients, which packages/ipmi-js is held against. */
export const peersScript = 'packages/ipmi-js/test/peers.sh';

export async function ensurePeers() {
  if (process.platform !== 'linux') return;
  say('Looking for the programs that ipmi-js is tested against …');
  await must(['sh', join(root, peersScript)]);
}

function onPath(/** @type {string} */ program) {
  if (program.startsWith('/')) return existsSync(program);
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) => existsSync(join(folder, program)));
}
