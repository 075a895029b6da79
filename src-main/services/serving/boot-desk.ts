import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { FIRST_STAGES } from './first-stages.ts';

/** By what a machine that starts from the network is known: it has no address that anybody knows before. Hexadecimal digits, lower case. */
export interface BootTarget {
  uuids: readonly string[];
  macs: readonly string[];
}

/** The address that a lab's DHCP server names once and for all. */
export const BOOT_PATH = '/boot.ipxe';
/** iPXE runs this one by itself when it came from the same place. */
const SCRIPTS: readonly string[] = ['boot.ipxe', 'autoexec.ipxe'];

/** What iPXE is told that has not said yet who it is. */
export function askWho(host: string): string {
  return `#!ipxe\nchain --replace http://${host}${BOOT_PATH}?uuid=\${uuid}&mac=\${mac} || exit\n`;
}

/** Nothing is to be started: the firmware goes on with what comes next in its order. */
export const NOTHING_TO_START = '#!ipxe\necho ATN Workbench: this machine is not to start from the network now.\nexit\n';

/** The grant for a machine that says who it is. */
export function findBoot<G extends { boot: BootTarget | null }>(grants: Iterable<G>, asks: { uuid: string; mac: string }): G | undefined {
  const [uuid, mac] = [digitsOf(asks.uuid), digitsOf(asks.mac)];
  const waiting = [...grants].filter((grant) => grant.boot !== null);
  return (
    waiting.find(({ boot }) => uuid !== '' && boot?.uuids.some((own) => own === uuid || otherOrder(own) === uuid)) ??
    waiting.find(({ boot }) => mac !== '' && boot?.macs.includes(mac))
  );
}

/** Of a UUID or of the address of a network card. */
export const digitsOf = (text: string): string => text.replaceAll(/[^0-9a-f]/giu, '').toLowerCase();

/** The same UUID with its first three fields in the other order of bytes: firmware and BMC do not agree on it (SMBIOS 7.2.1). */
function otherOrder(uuid: string): string {
  const turned = (from: number, to: number): string => (uuid.slice(from, to).match(/../gu) ?? []).reverse().join('');
  return turned(0, 8) + turned(8, 12) + turned(12, 16) + uuid.slice(16);
}

/** The file of a first stage; null for every other name. */
export function programFile(folder: string | null, name: string): string | null {
  return folder !== null && isAbsolute(folder) && FIRST_STAGES.includes(name) ? join(folder, name) : null;
}

/** First stages that are there. */
export async function listPrograms(folder: string | null): Promise<string[]> {
  const found = await Promise.all(
    FIRST_STAGES.map(async (name) => {
      const file = programFile(folder, name);
      const isThere =
        file !== null &&
        (await access(file).then(
          () => true,
          () => false,
        ));
      return isThere ? [name] : [];
    }),
  );
  return found.flat();
}

export const isBootScript = (name: string): boolean => SCRIPTS.includes(name);
