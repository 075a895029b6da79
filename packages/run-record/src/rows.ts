import { kindFrom, levelFrom, statusFrom } from './codes.ts';
import type { RecordItem, RecordMessage } from './types.ts';

// Rows come as plain objects of what the columns hold; each is turned into its public form once, here.

export interface ItemRow {
  id: number;
  parent: number | null;
  kind: number;
  name: string;
  owner: string | null;
  args: string | null;
  assign: string | null;
  doc: string | null;
  tags: string | null;
  source: string | null;
  line: number | null;
  robotId: string | null;
  status: number | null;
  started: number;
  elapsed: number | null;
  message: string | null;
  tests: number | null;
  hasChildren: number;
  hasMessages: number;
}

export interface MessageRow {
  id: number;
  item: number | null;
  time: number;
  level: number | null;
  html: number;
  text: string | null;
}

export const itemColumns = `item.*,
  EXISTS (SELECT 1 FROM item AS child WHERE child.parent = item.id) AS hasChildren,
  EXISTS (SELECT 1 FROM message WHERE message.item = item.id) AS hasMessages`;

export function toItem(row: ItemRow): RecordItem {
  return {
    id: row.id,
    parent: row.parent,
    kind: kindFrom(row.kind),
    name: row.name,
    owner: row.owner,
    arguments: strings(row.args),
    assign: strings(row.assign),
    doc: row.doc,
    tags: strings(row.tags),
    source: row.source,
    line: row.line,
    robotId: row.robotId,
    status: statusFrom(row.status),
    startedAt: row.started,
    elapsedMicroseconds: row.elapsed,
    message: row.message,
    tests: row.tests,
    hasChildren: row.hasChildren === 1,
    hasMessages: row.hasMessages === 1,
  };
}

export function toMessage(row: MessageRow): RecordMessage {
  return {
    id: row.id,
    item: row.item,
    time: row.time,
    level: levelFrom(row.level),
    html: row.html === 1,
    text: row.text ?? '',
  };
}

const none: readonly string[] = [];

export function strings(json: string | null): readonly string[] {
  if (json === null) return none;
  const values: unknown = JSON.parse(json);
  return Array.isArray(values) ? values.map(String) : none;
}
