import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { NetworkBoot, ServedFile, ServingCertificate } from '../../src-shared/model/serving.ts';
import type { Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { Serving } from '../services/serving/serving.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

/** A transfer tells of itself some times a second; a page needs no more of it. */
const PAUSE_MS = 500;

interface Join {
  serving: Serving;
  changes: Changes;
  networkBoot: () => Promise<NetworkBoot>;
  certificate: () => Promise<ServingCertificate>;
}

export function servingPart({ serving, changes, networkBoot, certificate }: Join): Part<'serving'> {
  const procedures = implement(harnessContract.serving).$context<ApiContext>();
  return {
    list: procedures.list.handler(() => serving.list()),
    addresses: procedures.addresses.handler(() => serving.addresses()),
    networkBoot: procedures.networkBoot.handler(networkBoot),
    certificate: procedures.certificate.handler(certificate),
    watch: procedures.watch.handler(({ signal }) =>
      coalescedFeed<true, true, ServedFile[]>({
        listen: (listener) => changes.on('serving:changed', () => listener(true)),
        first: () => serving.list(),
        merge: () => true,
        take: () => serving.list(),
        signal,
        pauseMs: PAUSE_MS,
      }),
    ),
  };
}
