import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { OwnAddress, ServedFile } from '../../model/serving.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Images'] };

export const serving = {
  list: procedure.route({ method: 'GET', path: '/images/served', ...tag }).output(z.array(ServedFile)),
  /** Addresses of this computer, to choose one in the settings. */
  addresses: procedure.route({ method: 'GET', path: '/images/addresses', ...tag }).output(z.array(OwnAddress)),
  /** Sends the whole list at each change, a few times a second at most. */
  watch: procedure.route({ method: 'GET', path: '/images/served/watch', ...tag }).output(eventIterator(z.array(ServedFile))),
};
