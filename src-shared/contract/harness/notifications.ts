import { z } from 'zod';
import { Channel, ChannelInput } from '../../model/notification.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Notifications'] };

/** Each change answers all channels: there are few. */
export const notifications = {
  list: procedure.route({ method: 'GET', path: '/notifications', ...tag }).output(z.array(Channel)),
  /** BAD_REQUEST for a new channel without an address. */
  save: procedure
    .route({ method: 'POST', path: '/notifications', ...tag })
    .input(z.object({ id: Id.nullable().default(null), content: ChannelInput }))
    .output(z.array(Channel)),
  remove: procedure
    .route({ method: 'DELETE', path: '/notifications/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(Channel)),
  /** Sends a message that says it is a trial, now and once; `problem` says why it did not arrive. */
  test: procedure
    .route({ method: 'POST', path: '/notifications/{id}/test', ...tag })
    .input(z.object({ id: Id }))
    .output(z.object({ problem: z.string().nullable() })),
};
