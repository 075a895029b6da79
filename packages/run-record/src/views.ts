import type { MessageLevel } from './codes.ts';
import type { StretchResult } from './within.ts';
import type { RecordCounts, RecordFailure, RecordItem, RecordMessage } from './types.ts';

// The forms in which a record is shown: what the contracts of harness and hub answer.

export function itemView(item: RecordItem) {
  return {
    id: item.id,
    parent: item.parent,
    kind: item.kind,
    name: item.name,
    owner: item.owner,
    args: [...item.arguments],
    assign: item.assign.length === 0 ? null : item.assign.join(', '),
    status: item.status,
    startedAt: item.startedAt,
    elapsed: item.elapsedMicroseconds,
    message: item.message,
    source: item.source,
    line: item.line,
    doc: item.doc,
    tags: [...item.tags],
    tests: item.tests,
    hasChildren: item.hasChildren,
  };
}

/** What the listener writes in place of the middle of a message that is too long for the record. */
const CUT = /\n\[\.\.\. \d+ of (\d+) characters are left out here, output\.xml has them all \.\.\.\]\n/u;

export function messageView(message: RecordMessage) {
  const full = CUT.exec(message.text)?.[1];
  return {
    id: message.id,
    item: message.item,
    at: message.time,
    level: message.level.toUpperCase() as Uppercase<MessageLevel>,
    html: message.html,
    text: message.text,
    fullLength: full === undefined ? null : Number(full),
  };
}

export function failureView({ test, cause }: RecordFailure) {
  return { test: itemView(test), keyword: cause === null ? null : itemView(cause), message: test.message ?? cause?.message ?? null };
}

export function stretchView({ items, cut }: StretchResult) {
  return { items: items.map(({ item, level }) => ({ ...itemView(item), level })), cut };
}

export function countsView({ passed, failed, skipped, notRun }: RecordCounts) {
  return { passed, failed, skipped, notRun };
}
