import { presentBmcs } from '../ipmi/presence.ts';
import { probeRedfish, type RedfishPresence } from '../redfish/probe.ts';
import { addressesOf } from './address-ranges.ts';

export interface ScanRequest {
  /** As people write them; see `addressesOf`. */
  ranges: string[];
  /** UDP port of IPMI, null: not looked for. 623 when left out. */
  ipmiPort?: number | null;
  /** TCP port of Redfish over TLS, null: not looked for. 443 when left out. */
  redfishPort?: number | null;
  /** Addresses a second; 200 when left out, at most 1,000. */
  perSecond?: number;
}

/** A BMC that answered, by address; what it told without a login. */
export interface FoundBmc {
  address: string;
  ipmi: { port: number; /** IANA number of the maker, 4542 when it is not told. */ enterprise: number } | null;
  redfish: RedfishPresence | null;
}

export interface ScanProgress {
  done: number;
  total: number;
  found: number;
}

interface ScanEvents {
  onFound: (bmc: FoundBmc) => void;
  onProgress: (progress: ScanProgress) => void;
}

const USUAL_RATE = 200;
const MOST_RATE = 1000;
/** Addresses are asked in groups so many times a second. */
const GROUPS_PER_SECOND = 5;
/** ms an address has to answer. */
const PATIENCE = 2000;

/** Asks every address once for IPMI and Redfish, only those that were named, never faster than the rate. Rejects with the signal's reason. */
export async function scan(request: ScanRequest, { onFound, onProgress }: ScanEvents, signal: AbortSignal): Promise<ScanProgress> {
  const addresses = addressesOf(request.ranges);
  const rate = Math.min(Math.max(request.perSecond ?? USUAL_RATE, GROUPS_PER_SECOND), MOST_RATE);
  const size = Math.floor(rate / GROUPS_PER_SECOND);
  const progress: ScanProgress = { done: 0, total: addresses.length, found: 0 };
  const groups: Promise<void>[] = [];
  onProgress({ ...progress });
  for (let start = 0; start < addresses.length; start += size) {
    signal.throwIfAborted();
    const group = addresses.slice(start, start + size);
    groups.push(
      look(group, request, signal).then((found) => {
        if (signal.aborted) return;
        progress.done += group.length;
        progress.found += found.length;
        for (const bmc of found) onFound(bmc);
        onProgress({ ...progress });
      }),
    );
    if (start + size < addresses.length) await pace(1000 / GROUPS_PER_SECOND);
  }
  await Promise.all(groups);
  signal.throwIfAborted();
  return progress;
}

async function look(addresses: string[], { ipmiPort = 623, redfishPort = 443 }: ScanRequest, signal: AbortSignal): Promise<FoundBmc[]> {
  const [bmcs, services] = await Promise.all([
    ipmiPort === null ? [] : presentBmcs(addresses, { port: ipmiPort, limit: PATIENCE }),
    redfishPort === null ? [] : Promise.all(addresses.map((address) => probeAt(address, redfishPort, signal))),
  ]);
  return addresses.flatMap((address, index) => {
    const ipmi = bmcs.find((each) => each.address === address);
    const redfish = services[index] ?? null;
    if (ipmi === undefined && redfish === null) return [];
    return [{ address, ipmi: ipmi === undefined ? null : { port: ipmi.port, enterprise: ipmi.enterprise }, redfish }];
  });
}

function probeAt(address: string, port: number, signal: AbortSignal): Promise<RedfishPresence | null> {
  return probeRedfish(`https://${address}${port === 443 ? '' : `:${port}`}`, { limit: PATIENCE, signal }).catch(() => null);
}

const pace = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
