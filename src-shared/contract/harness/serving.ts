import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { NetworkBoot, OwnAddress, ServedFile, ServingCertificate } from '../../model/serving.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Images'] };

export const serving = {
  list: procedure.route({ method: 'GET', path: '/images/served', ...tag }).output(z.array(ServedFile)),
  /** Addresses of this computer, to choose one in the settings. */
  addresses: procedure.route({ method: 'GET', path: '/images/addresses', ...tag }).output(z.array(OwnAddress)),
  /** What the lab's DHCP server is to say, so that machines start from the network by this harness. */
  networkBoot: procedure.route({ method: 'GET', path: '/images/network-boot', ...tag }).output(NetworkBoot),
  /** The certificate that images are served with by HTTPS; made when there is none yet. */
  certificate: procedure.route({ method: 'GET', path: '/images/certificate', ...tag }).output(ServingCertificate),
  /** Sends the whole list at each change, a few times a second at most. */
  watch: procedure.route({ method: 'GET', path: '/images/served/watch', ...tag }).output(eventIterator(z.array(ServedFile))),
};
