import { decodeSelRecord, encodeSelRecord, type SelRecord } from '../../decode/sel.js';

/** The event log of a simulated BMC: 16-byte records by id. */
export class SelStore {
  readonly capacity: number;
  readonly #records = new Map<number, Buffer>();
  #nextId = 1;
  #clockOffset = 0;
  lastAddition = 0xffffffff;
  lastErase = 0xffffffff;
  overflow = false;
  reservation = 0;

  constructor(capacity = 512) {
    this.capacity = capacity;
  }

  get count(): number {
    return this.#records.size;
  }

  /** Seconds since 1970 by the BMC's own clock. */
  get time(): number {
    return Math.floor(Date.now() / 1000) + this.#clockOffset;
  }

  set time(seconds: number) {
    this.#clockOffset = seconds - Math.floor(Date.now() / 1000);
  }

  reserve(): number {
    this.reservation = (this.reservation % 0xffff) + 1;
    return this.reservation;
  }

  /** Stores a record under a new id; 0 when the log is full. */
  add(record: Buffer): number {
    if (this.#records.size >= this.capacity) {
      this.overflow = true;
      return 0;
    }
    const id = this.#nextId;
    this.#nextId = id >= 0xfffe ? 1 : id + 1;
    const stored = Buffer.from(record);
    stored.writeUInt16LE(id, 0);
    this.#records.set(id, stored);
    this.lastAddition = this.time;
    return id;
  }

  /** Logs an event of the BMC's own sensors, now. */
  addEvent(event: { sensorType: number; sensor: number; eventType: number; asserted: boolean; data: readonly number[] }): number {
    const data = Buffer.from([event.data[0] ?? 0, event.data[1] ?? 0xff, event.data[2] ?? 0xff]);
    return this.add(
      encodeSelRecord({ kind: 'event', record: 0, type: 0x02, time: this.time, generator: 0x20, revision: 4, ...event, data }),
    );
  }

  /** The record of an id (0 first, FFFFh last) and the id after it (FFFFh when none). */
  find(id: number): { data: Buffer; next: number } | undefined {
    const ids = [...this.#records.keys()];
    const index = id === 0 ? 0 : id === 0xffff ? ids.length - 1 : ids.indexOf(id);
    const data = this.#records.get(ids[index] ?? -1);
    return data === undefined ? undefined : { data, next: ids[index + 1] ?? 0xffff };
  }

  list(): SelRecord[] {
    return [...this.#records.values()].map(decodeSelRecord);
  }

  delete(id: number): boolean {
    const found = this.#records.delete(id);
    if (found) this.#changed();
    return found;
  }

  clear(): void {
    this.#records.clear();
    this.overflow = false;
    this.#changed();
  }

  /** Erasing anything cancels reservations (IPMI 2.0 31.4). */
  #changed(): void {
    this.lastErase = this.time;
    this.reservation = 0;
  }
}
