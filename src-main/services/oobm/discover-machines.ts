import type { FoundMachine } from '../../../src-shared/contract/harness/sut-operations.ts';
import type { FoundBmc, ScanRequest } from '../../drivers/discovery/scan.ts';
import { listSuts } from '../../store/suts.ts';
import type { OobmServices } from './oobm-services.ts';

interface Searching {
  signal: AbortSignal;
  onFound: (machine: FoundMachine) => void;
  onProgress: (progress: { done: number; total: number; found: number }) => void;
}

/** Searches ranges of addresses for BMCs, and says of each whether a SUT is reached there already. */
export async function discoverMachines(
  { jobs, suts }: OobmServices,
  request: ScanRequest,
  { signal, onFound, onProgress }: Searching,
): Promise<{ total: number; found: number }> {
  const known = new Map(
    listSuts(suts.store).flatMap(({ name, endpoints }) => endpoints.map(({ address }) => [hostOf(address), name] as const)),
  );
  const events = { onFound: (bmc: FoundBmc) => onFound(machineOf(bmc, known.get(bmc.address) ?? null)), onProgress };
  const { total, found } = await jobs.scan(request, events, signal);
  return { total, found };
}

function machineOf({ address, ipmi, redfish }: FoundBmc, sutName: string | null): FoundMachine {
  const service = redfish && {
    ...{ url: redfish.url, version: redfish.version, vendor: redfish.vendor, product: redfish.product },
    fingerprint: redfish.certificate?.fingerprint ?? null,
  };
  return { address, ipmiPort: ipmi?.port ?? null, redfish: service, sutName };
}

/** The host of `https://192.0.2.10:8443`, and of a plain address. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : address;
}
