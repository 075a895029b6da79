import type {
  RecordChanges,
  RecordFailure as PackageFailure,
  RecordItem as PackageItem,
  RecordMessage as PackageMessage,
} from '@atn/run-record';
import type { MessageLevel, RecordFailure, RecordItem, RecordMessage } from '../../../src-shared/model/record.ts';
import type { Counts } from '../../../src-shared/model/run.ts';

export function toItem(item: PackageItem): RecordItem {
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

export function toMessage(message: PackageMessage): RecordMessage {
  const full = CUT.exec(message.text)?.[1];
  return {
    id: message.id,
    item: message.item,
    at: message.time,
    level: message.level.toUpperCase() as MessageLevel,
    html: message.html,
    text: message.text,
    fullLength: full === undefined ? null : Number(full),
  };
}

export function toFailure({ test, cause }: PackageFailure): RecordFailure {
  return { test: toItem(test), keyword: cause === null ? null : toItem(cause), message: test.message ?? cause?.message ?? null };
}

export function toCounts({ passed, failed, skipped, notRun }: RecordChanges['counts']): Counts {
  return { passed, failed, skipped, notRun };
}
