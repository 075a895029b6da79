import { createHash } from 'node:crypto';
import { allDrivers } from './all-drivers.ts';
import type { AnyDriver } from './driver.ts';
import { DriverError } from './driver-error.ts';
import type { Endpoint } from './endpoints.ts';
import { MachineQueue } from './machine-queue.ts';

/** BMCs lock accounts after a few wrong passwords: two tries are one for a mistake and one for a machine that was just starting. */
const MOST_REFUSALS = 2;
/** A session nobody used for so long is closed: BMCs have few of them. ms. */
const IDLE = 120_000;

interface Entry {
  queue: MachineQueue;
  /** Hash of the endpoint's content, so that another password makes another link. */
  mark: string;
  link: unknown;
  refusals: number;
  idle: NodeJS.Timeout | undefined;
}

/** What this thread keeps warm: one link and one queue a far end. */
export class LinkTable {
  readonly #entries = new Map<string, Entry>();

  /** The link of an endpoint. Throws OOBM_AUTH without sending anything once the machine has refused these credentials twice. */
  at(endpoint: Endpoint): { driver: AnyDriver; link: never; queue: MachineQueue } {
    const driver = driverOf(endpoint);
    const entry = this.#entryOf(endpoint, driver);
    if (entry.refusals >= MOST_REFUSALS) {
      throw new DriverError(
        'OOBM_AUTH',
        `It refused this user name and password ${MOST_REFUSALS} times, so they are not tried again: further tries could lock the account. Correct them, or verify the machine once they are right there.`,
      );
    }
    entry.link ??= driver.open(endpoint as never);
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => this.#sleep(driver, entry), IDLE).unref();
    return { driver, link: entry.link as never, queue: entry.queue };
  }

  /** The outcome of a call with respect to the password. */
  note(endpoint: Endpoint, outcome: 'accepted' | 'refused'): void {
    const entry = this.#entryOf(endpoint, driverOf(endpoint));
    entry.refusals = outcome === 'accepted' ? 0 : entry.refusals + 1;
  }

  /** Gives the link up, so that the next call begins anew. Calls under way fail. */
  drop(endpoint: Endpoint): void {
    const driver = driverOf(endpoint);
    const entry = this.#entryOf(endpoint, driver);
    const { link } = entry;
    entry.link = undefined;
    if (link !== undefined) void closeQuietly(driver, link);
  }

  /** Lets refused credentials be tried again. */
  forgive(endpoint: Endpoint): void {
    this.#entryOf(endpoint, driverOf(endpoint)).refusals = 0;
  }

  async close(): Promise<void> {
    const entries = [...this.#entries];
    this.#entries.clear();
    await Promise.all(
      entries.map(async ([address, { link, idle }]) => {
        clearTimeout(idle);
        const driver = allDrivers[address.slice(0, address.indexOf('|')) as Endpoint['provider']];
        if (link !== undefined) await closeQuietly(driver, link);
      }),
    );
  }

  #entryOf(endpoint: Endpoint, driver: AnyDriver): Entry {
    const address = `${endpoint.provider}|${driver.address(endpoint as never)}`;
    const mark = createHash('sha256')
      .update(JSON.stringify({ ...endpoint, id: '', refusals: 0 }))
      .digest('hex');
    const known = this.#entries.get(address);
    if (known?.mark === mark) return known;
    if (known?.link !== undefined) void closeQuietly(driver, known.link);
    clearTimeout(known?.idle);
    const entry: Entry = {
      queue: known?.queue ?? new MachineQueue(),
      mark,
      link: undefined,
      refusals: endpoint.refusals ?? 0,
      idle: undefined,
    };
    this.#entries.set(address, entry);
    return entry;
  }

  #sleep(driver: AnyDriver, entry: Entry): void {
    if (!entry.queue.idle) {
      entry.idle?.refresh();
      return;
    }
    const { link } = entry;
    entry.link = undefined;
    if (link !== undefined) void closeQuietly(driver, link);
  }
}

function driverOf(endpoint: Endpoint): AnyDriver {
  return allDrivers[endpoint.provider];
}

/** A far end that cannot even be told goodbye is no news. */
async function closeQuietly(driver: AnyDriver, link: unknown): Promise<void> {
  await driver.close(link as never).catch(() => undefined);
}
