import { readFruData, getFruInfo, writeFruData } from '../../commands/storage/fru.js';
import {
  clearSdrRepository,
  getSdr,
  getSdrAllocationInfo,
  getSdrRepositoryInfo,
  getSdrTime,
  reserveSdrRepository,
} from '../../commands/storage/sdr.js';
import {
  addSelEntry,
  clearSel,
  deleteSelEntry,
  getSelAllocationInfo,
  getSelEntry,
  getSelInfo,
  getSelTime,
  reserveSel,
  setSelTime,
} from '../../commands/storage/sel.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';

/** Most bytes of a record or FRU in one answer, as a BMC with small buffers has it. */
const largestAnswer = 64;
const eraseLetters = [0x43, 0x4c, 0x52];

function part(data: Buffer, offset: number, count: number): Buffer {
  if (offset > data.length) throw new CompletionFault(completion.outOfRange);
  const wanted = count === 0xff ? data.length - offset : Math.min(count, data.length - offset);
  if (wanted > largestAnswer) throw new CompletionFault(completion.tooManyBytes);
  return data.subarray(offset, offset + wanted);
}

/** SDR repository, event log, FRU inventory. */
export function addStorageHandlers(table: HandlerTable, state: BmcState): void {
  addSdr(table, state);
  addSel(table, state);
  addFru(table, state);
}

function addSdr(table: HandlerTable, { sensors }: BmcState): void {
  table.on(
    getSdrRepositoryInfo,
    'user',
    () =>
      ({
        version: 0x51,
        records: sensors.records.size,
        freeBytes: 0,
        lastAddition: sensors.builtAt,
        lastErase: sensors.builtAt,
        allocationInfo: true,
        reserve: true,
        partialAdd: false,
        delete: false,
        update: 'non-modal',
        overflow: false,
      }) as const,
  );
  table.on(getSdrAllocationInfo, 'user', () => ({ units: 0, unitBytes: 0, freeUnits: 0, largestFree: 0, maximumRecord: 0 }));
  table.on(reserveSdrRepository, 'user', () => ({ reservation: sensors.reserve() }));
  table.on(getSdr, 'user', (request) => {
    if (request.offset !== 0 && request.reservation !== sensors.reservation) throw new CompletionFault(completion.reservationLost);
    const found = sensors.find(request.record);
    if (found === undefined) throw new CompletionFault(completion.notPresent);
    return { next: found.next, data: part(found.data, request.offset, request.count) };
  });
  table.on(getSdrTime, 'user', () => ({ time: Math.floor(Date.now() / 1000) }));
  // Records come from the sensors of the simulation and are not erased.
  table.on(clearSdrRepository, 'operator', () => {
    throw new CompletionFault(completion.invalidState);
  });
}

function addSel(table: HandlerTable, { sel }: BmcState): void {
  table.on(getSelInfo, 'user', () => ({
    version: 0x51,
    entries: sel.count,
    freeBytes: (sel.capacity - sel.count) * 16,
    lastAddition: sel.lastAddition,
    lastErase: sel.lastErase,
    allocationInfo: true,
    reserve: true,
    partialAdd: false,
    delete: true,
    overflow: sel.overflow,
  }));
  table.on(getSelAllocationInfo, 'user', () => ({
    units: sel.capacity,
    unitBytes: 16,
    freeUnits: sel.capacity - sel.count,
    largestFree: sel.capacity - sel.count,
    maximumRecord: 1,
  }));
  table.on(reserveSel, 'user', () => ({ reservation: sel.reserve() }));
  table.on(getSelEntry, 'user', (request) => {
    if (request.reservation !== 0 && request.reservation !== sel.reservation) throw new CompletionFault(completion.reservationLost);
    const found = sel.find(request.record);
    if (found === undefined) throw new CompletionFault(completion.notPresent);
    return { next: found.next, data: part(found.data, request.offset, request.count) };
  });
  table.on(addSelEntry, 'operator', (request) => {
    const record = sel.add(request.record);
    if (record === 0) throw new CompletionFault(completion.outOfSpace);
    return { record };
  });
  table.on(deleteSelEntry, 'operator', (request) => {
    if (request.reservation !== sel.reservation) throw new CompletionFault(completion.reservationLost);
    if (!sel.delete(request.record)) throw new CompletionFault(completion.notPresent);
    return { record: request.record };
  });
  table.on(clearSel, 'operator', (request) => {
    if (request.reservation !== sel.reservation || sel.reservation === 0) throw new CompletionFault(completion.reservationLost);
    const letters = [request.c, request.l, request.r];
    if (letters.some((letter, index) => letter !== eraseLetters[index])) throw new CompletionFault(completion.invalidField);
    if (request.operation === 0xaa) sel.clear();
    return { state: 'done' } as const;
  });
  table.on(getSelTime, 'user', () => ({ time: sel.time }));
  table.on(setSelTime, 'operator', (request) => {
    sel.time = request.time;
  });
}

function addFru(table: HandlerTable, { frus }: BmcState): void {
  const fruOf = (id: number): Buffer => {
    const data = frus[id];
    if (data === undefined) throw new CompletionFault(completion.notPresent);
    return data;
  };
  table.on(getFruInfo, 'user', (request) => ({ size: fruOf(request.fru).length, byWords: false }));
  table.on(readFruData, 'user', (request) => {
    const data = fruOf(request.fru);
    if (request.offset >= data.length) throw new CompletionFault(completion.outOfRange);
    const bytes = part(data, request.offset, Math.min(request.count, data.length - request.offset));
    return { count: bytes.length, data: bytes };
  });
  table.on(writeFruData, 'operator', (request) => {
    const data = fruOf(request.fru);
    if (request.offset + request.data.length > data.length) throw new CompletionFault(completion.outOfRange);
    request.data.copy(data, request.offset);
    return { count: request.data.length };
  });
}
