import type { FirmwareItem, FruItem } from '../../../src-shared/model/machine.ts';
import { asWorkbenchError } from '../../errors.ts';
import { readMachine } from './operate.ts';
import type { OobmServices } from './oobm-services.ts';

/** Parts and firmware together; what cannot be read is said, the rest is there all the same. */
export async function readInventory(
  services: OobmServices,
  id: string,
  signal: AbortSignal | undefined,
): Promise<{ parts: FruItem[]; firmware: FirmwareItem[]; problems: string[] }> {
  const [parts, firmware] = await Promise.allSettled([
    readMachine(services, { id, capability: 'fru' }, signal),
    readMachine(services, { id, capability: 'firmware' }, signal),
  ]);
  const problems = [parts, firmware].flatMap((one) => (one.status === 'rejected' ? [asWorkbenchError(one.reason).message] : []));
  if (problems.length === 2 && parts.status === 'rejected') throw parts.reason;
  return {
    parts: parts.status === 'fulfilled' ? parts.value.value : [],
    firmware: firmware.status === 'fulfilled' ? firmware.value.value : [],
    problems: [...new Set(problems)],
  };
}
