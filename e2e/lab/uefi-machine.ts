import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, startPeer, type Peer } from './processes.ts';

const FIRMWARE = '/usr/share/OVMF';

export interface UefiMachine {
  uuid: string;
  mac: string;
  /** The device that it is put into the network by. */
  tap: string;
  /** For its variables. */
  folder: string;
  /** Which of its two ways of starting from the network it knows: PXE takes its first program by TFTP. */
  way: 'pxe' | 'http';
}

/** A machine with UEFI firmware (OVMF) and a network card, without a disk; what it says on its serial port is its output. */
export function startUefiMachine({ uuid, mac, tap, folder, way }: UefiMachine): Peer {
  const variables = join(folder, 'variables.fd');
  copyFileSync(join(FIRMWARE, 'OVMF_VARS_4M.fd'), variables);
  const off = ['IPv6PXESupport', ...(way === 'http' ? ['IPv4PXESupport'] : [])];
  return startPeer(program('qemu-system-x86_64', 'qemu-system-x86'), [
    ...['-machine', 'q35', '-accel', 'tcg', '-m', '384', '-nodefaults', '-display', 'none', '-vga', 'none', '-uuid', uuid],
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${join(FIRMWARE, 'OVMF_CODE_4M.fd')}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${variables}`],
    // Waiting for answers by IPv6 takes it a minute.
    ...off.flatMap((name) => ['-fw_cfg', `name=opt/org.tianocore/${name},string=n`]),
    ...['-object', 'rng-random,id=noise,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=noise'],
    ...['-netdev', `tap,id=net,ifname=${tap},script=no,downscript=no`],
    // Its own driver, not iPXE's.
    ...['-device', `virtio-net-pci,netdev=net,romfile=,bootindex=1,mac=${mac}`],
    ...['-serial', 'stdio', '-monitor', 'none'],
  ]);
}
