import type { ChannelKind, ToldOf } from '../../../src-shared/model/notification.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import type { Verdict } from '../../../src-shared/model/run-states.ts';

export interface Told {
  run: RunSummary;
  of: readonly ToldOf[];
  /** How the run before it in the series came out. */
  before: Verdict | null;
  harness: string;
}

const LONGEST_LINE = 500;
/** Of what a test said, one line, and not more than a chat shows. */
const line = (text: string | null): string | null => (text === null ? null : text.replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_LINE));

export function messageOf(kind: ChannelKind, told: Told): string {
  if (kind === 'mail') return JSON.stringify(mailText(told));
  return JSON.stringify(kind === 'chat' ? { text: chatText(told) } : webhookBody(told));
}

/** The document of a webhook; docs/notifications.md describes it. */
function webhookBody({ run, of, before, harness }: Told) {
  const { id, name, suts, condition, plan, startedBy, verdict, cause, counts, startedAt, endedAt, happened } = run;
  return {
    ...{ schema: 1, event: 'run.ended', harness, toldOf: of },
    run: {
      ...{ id, name, plan: plan?.name ?? null, condition, suts, startedBy, verdict, cause, counts, startedAt, endedAt },
      happened: line(happened),
    },
    before: before === null ? null : { verdict: before },
  };
}

const WORDS: Readonly<Partial<Record<ToldOf, string>>> = { regressed: 'regressed', fixed: 'fixed' };

/** What became of it, its sums, and what a test said. */
function wordsOf({ run, of }: Told): { what: string; sums: string; said: string | null } {
  const { name, verdict, counts, suts, happened } = run;
  const word = of.map((why) => WORDS[why]).find((each) => each !== undefined) ?? verdict ?? 'ended';
  return {
    what: `${name}: ${word}${suts.length === 0 ? '' : ` on ${suts.join(', ')}`}`,
    sums: `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
    said: verdict === 'passed' ? null : line(happened),
  };
}

function chatText(told: Told): string {
  const { what, sums, said } = wordsOf(told);
  return [`${what}. ${sums}. (${told.harness})`, ...(said === null ? [] : [said])].map(withoutMarks).join('\n');
}

/** Subject and plain text: nothing of it is read as anything else. */
export interface Mail {
  subject: string;
  text: string;
}

function mailText(told: Told): Mail {
  const { run, harness } = told;
  const { what, sums, said } = wordsOf(told);
  const facts = [
    ['Run', run.id],
    ['Plan', run.plan?.name ?? null],
    ['Condition', run.condition],
    ['Started by', run.startedBy],
    ['Workbench', harness],
  ].flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`]));
  return { subject: line(what) ?? '', text: [sums, ...(said === null ? [] : [said]), '', ...facts, ''].join('\n') };
}

/** A chat reads addresses and calls to everybody out of <…> and &…;. */
const withoutMarks = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function trialOf(kind: ChannelKind, { channel, harness }: { channel: string; harness: string }): string {
  const text = `This is a trial of the notification ${channel} of ${harness}.`;
  if (kind === 'mail') return JSON.stringify({ subject: 'A trial of the ATN Workbench', text: `${text}\n` } satisfies Mail);
  return JSON.stringify(kind === 'chat' ? { text: withoutMarks(text) } : { schema: 1, event: 'trial', harness, text });
}
