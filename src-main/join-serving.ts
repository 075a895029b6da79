import { hostname } from 'node:os';
import { servingPart } from './api/serving.ts';
import type { Part } from './api/part.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { ServeRequest, Served } from './services/provisioning/provisioning-services.ts';
import { readNetworkBoot } from './services/serving/network-boot.ts';
import { fingerprintOf, ServingCertificate } from './services/serving/serving-certificate.ts';
import { createServing } from './services/serving/serving.ts';
import type { SettingsService } from './services/settings/settings.ts';
import { findSut } from './store/suts.ts';
import type { ReadableStore } from './store/handle.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  clock: Clock;
  settings: SettingsService;
  /** For the certificate of this home. */
  folder: string;
}

/** Files that BMCs and machines fetch from this computer. */
export function joinServing({ store, changes, clock, settings, folder }: Joined): {
  serve: (request: ServeRequest) => Promise<Served>;
  serveProblem: (sut: { id: string }) => Promise<string | null>;
  part: Part<'serving'>;
  close: () => Promise<void>;
} {
  const chosen = () => {
    const { servingAddress, servingPort, servingProtocol, bootPort, tftpPort, bootPrograms, proxyDhcp } = settings.read();
    const secure = servingProtocol === 'https';
    return { address: servingAddress, port: servingPort, secure, bootPort, tftpPort, programs: bootPrograms, proxyDhcp };
  };
  const certificates = new ServingCertificate(folder, () => clock.now());
  const serving = createServing({ changes, clock, settings: chosen, certificate: (address) => certificates.ensure([address]) });
  const ownAddresses = () => serving.addresses().map(({ address }) => address);
  return {
    serve: (request) => serving.grant({ ...request, machine: addressesOf(store, request.sut.id) }),
    serveProblem: ({ id }) => serving.problem(addressesOf(store, id)),
    part: servingPart({
      serving,
      changes,
      networkBoot: () => readNetworkBoot(chosen(), ownAddresses()),
      certificate: async () => {
        const { certificate } = (await certificates.read()) ?? (await certificates.ensure([...ownAddresses(), hostname()]));
        return { fingerprint: fingerprintOf(certificate), pem: certificate };
      },
    }),
    close: () => serving.close(),
  };
}

/** Who puts media in comes first: it is the one that fetches. */
function addressesOf(store: ReadableStore, sutId: string): string[] {
  const endpoints = findSut(store, sutId)?.endpoints ?? [];
  const fetching = endpoints.filter(({ provider }) => provider === 'redfish');
  return [...new Set([...fetching, ...endpoints].map(({ address }) => hostOf(address)))].filter((address) => address !== '');
}

/** Redfish services are known by their origin, `https://192.0.2.10`; routes are asked for hosts. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replaceAll(/^\[|\]$/gu, '') : address;
}
