import type { ChannelRow } from '../../store/notifications.ts';
import { sendMail } from './send-mail.ts';
import type { Undelivered } from '../../../src-shared/model/after-try.ts';
import { send, type Message } from './send.ts';

/** One try of a message, in the way of its channel. Null: it has arrived. */
export function sendTo({ mail }: Pick<ChannelRow, 'mail'>, message: Message, signal: AbortSignal): Promise<Undelivered | null> {
  if (mail === null) return send(message, signal);
  const { key, delivery, body } = message;
  return sendMail({ route: mail, password: key, delivery, body });
}
