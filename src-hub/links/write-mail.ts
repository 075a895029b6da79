import { randomBytes } from 'node:crypto';
import { chainAfter } from '../../src-shared/protocol/chain.ts';
import type { Mail } from '../../src-shared/protocol/items.ts';
import { insertMail, type HarnessRow, type LinkWrite } from '../store/links.ts';
import { sha256 } from './link-services.ts';

/** The next item of the mail of a harness whose row this transaction has locked. Answers the row as it is then. */
export async function writeMail(write: LinkWrite, harness: HarnessRow, mail: Mail): Promise<HarnessRow> {
  const item = { seq: harness.mail_head + 1, nonce: randomBytes(16).toString('hex'), kind: mail.kind, body: JSON.stringify(mail.body) };
  const chain = chainAfter(harness.mail_chain, item, sha256);
  await insertMail(write, { ...item, harness_id: harness.id, gen: harness.mail_gen, chain });
  return { ...harness, mail_head: item.seq, mail_chain: chain };
}
