import { readFileSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { sha256 } from './hub-services.ts';

const MACHINE_ID_FILES = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

/** A hash of this machine, this user, and the path and identity of the store's file: differs when a home was copied or moved. */
export function machineMark(storeFile: string): string {
  // Not the number of the device: that may be another after each start of the machine.
  const { ino } = statSync(storeFile, { bigint: true });
  return sha256(JSON.stringify([machineId(), userInfo().username, storeFile, ino.toString()])).slice(0, 32);
}

function machineId(): string {
  for (const file of MACHINE_ID_FILES) {
    try {
      const id = readFileSync(file, 'utf8').trim();
      if (id !== '') return id;
    } catch {
      // Not this kind of system; the next file, or the name of the machine.
    }
  }
  return hostname();
}
