import { alertPolicy, getPefParameter, pefControl, pefFilter, pefParameter } from '../commands/sensor/pef.js';
import type { Sender } from '../client/sender.js';
import { unpack, type Value } from '../wire/codec.js';
import { isCompletion } from '../wire/command.js';

export interface PefSettings {
  readonly control: Value<typeof pefControl> | undefined;
  readonly filters: readonly Value<typeof pefFilter>[];
  readonly policies: readonly Value<typeof alertPolicy>[];
}

async function get(sender: Sender, parameter: number, set = 0): Promise<Buffer | undefined> {
  try {
    return (await sender.send(getPefParameter, { parameter, set, block: 0 })).data;
  } catch (error) {
    if (isCompletion(error)) return undefined;
    throw error;
  }
}

/** Reads event filters and alert policies (IPMI 2.0 30.4); parts the BMC does not have are left out. */
export async function readPef(sender: Sender): Promise<PefSettings> {
  const control = await get(sender, pefParameter.control);
  const filters: Value<typeof pefFilter>[] = [];
  const policies: Value<typeof alertPolicy>[] = [];
  const filterCount = (await get(sender, pefParameter.filterCount))?.[0] ?? 0;
  for (let set = 1; set <= (filterCount & 0x7f); set += 1) {
    const data = await get(sender, pefParameter.filter, set);
    if (data !== undefined) filters.push(unpack(pefFilter, data));
  }
  const policyCount = (await get(sender, pefParameter.policyCount))?.[0] ?? 0;
  for (let set = 1; set <= (policyCount & 0x7f); set += 1) {
    const data = await get(sender, pefParameter.policy, set);
    if (data !== undefined) policies.push(unpack(alertPolicy, data));
  }
  return { control: control && unpack(pefControl, control), filters, policies };
}
