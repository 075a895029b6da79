import { clearSel, getSelEntry, getSelInfo, reserveSel } from '../commands/storage/sel.js';
import type { Sender } from '../client/sender.js';
import { decodeSelRecord, type SelRecord } from '../decode/sel.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { IpmiError, MalformedError } from '../wire/errors.js';

const last = 0xffff;
const whole = 0xff;

/** Reads the event log from record `from` on (0: the first). An empty log answers an empty list (IPMI 2.0 31.5). */
export async function readSel(sender: Sender, from = 0): Promise<SelRecord[]> {
  const info = await sender.send(getSelInfo, undefined);
  if (info.entries === 0) return [];
  const out: SelRecord[] = [];
  const seen = new Set<number>();
  let record = from;
  while (record !== last) {
    if (seen.has(record)) throw new MalformedError(`SEL record ${record} follows itself`);
    seen.add(record);
    try {
      const answer = await sender.send(getSelEntry, { reservation: 0, record, offset: 0, count: whole });
      if (answer.data.length < 16) throw new MalformedError('SEL record is shorter than 16 bytes');
      out.push(decodeSelRecord(answer.data));
      record = answer.next;
    } catch (error) {
      // The log was cleared or the record deleted while it was read.
      if (isCompletion(error, completion.notPresent)) break;
      throw error;
    }
  }
  return out;
}

const letters = { c: 0x43, l: 0x4c, r: 0x52 } as const;
const operation = { begin: 0xaa, state: 0x00 } as const;

/** Clears the log and waits until the BMC says it is done; IpmiError ERASE_TIMEOUT after `timeoutMs`. */
export async function eraseSel(sender: Sender, timeoutMs = 30_000): Promise<void> {
  const { reservation } = await sender.send(reserveSel, undefined);
  const began = performance.now();
  let { state } = await sender.send(clearSel, { reservation, ...letters, operation: operation.begin });
  while (state !== 'done') {
    if (performance.now() - began > timeoutMs) throw new IpmiError('ERASE_TIMEOUT', `the SEL was still being erased after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    ({ state } = await sender.send(clearSel, { reservation, ...letters, operation: operation.state }));
  }
}
