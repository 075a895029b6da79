import { CHAIN_START } from './chain.ts';

/** What the hub has written down of the history of one home. */
export interface KnownHistory {
  /** Null before the first hello of an enrolment. */
  storeGen: string | null;
  seq: number;
  chain: string;
  mailGen: string;
  /** Items of the present mail, and how many of them the home has acknowledged. */
  mailHead: number;
  mailAcked: number;
}

/** What a home says of itself; the chains were asked for. */
export interface ToldHistory {
  storeGen: string;
  acked: number;
  /** The home's chain at the hub's `seq`; null = it has no such item. */
  chainAtSeq: string | null;
  mail: { gen: string | null; seq: number };
  /** Whether the home's mail chain is the hub's at that place; false also where the hub has no such item. */
  mailFits: boolean;
}

/**
 * `first`: nothing is known yet. `same`: one history. `hubBehind`: the hub was restored from a backup: it begins a new mail.
 * `fenced`: the home was restored, or a copy of it has gone on; a person decides.
 */
export type Judgement = 'first' | 'same' | 'hubBehind' | 'fenced';

export function judgeHello(known: KnownHistory, told: ToldHistory): Judgement {
  if (known.storeGen === null) return 'first';
  if (known.storeGen !== told.storeGen) return 'fenced';
  const ours = told.mail.gen === known.mailGen;
  const unknownMail = told.mail.gen !== null && (!ours || told.mail.seq > known.mailHead || !told.mailFits);
  const hubBehind = told.acked > known.seq || unknownMail;
  const chain = known.seq === 0 ? CHAIN_START : known.chain;
  const homeBehind =
    told.chainAtSeq !== chain || (!hubBehind && told.mail.seq < known.mailAcked) || (told.mail.gen === null && known.mailAcked > 0);
  if (homeBehind) return 'fenced';
  return hubBehind ? 'hubBehind' : 'same';
}
