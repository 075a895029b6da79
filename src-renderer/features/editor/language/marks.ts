import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Finding, Place } from './language-client.ts';

/** Findings of the server as marks in the text as it is now, which may be shorter by a line or two already. */
export function marksOf(doc: Text, findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ range, message, severity = 1 }) => {
    const from = offsetOf(doc, range.start);
    const to = Math.max(from, offsetOf(doc, range.end));
    return { from, to, message, source: 'robotcode', severity: severity === 1 ? 'error' : severity === 2 ? 'warning' : 'info' };
  });
}

/** A place that the text does not have any more is the nearest it has. */
export function offsetOf(doc: Text, { line, character }: Place): number {
  if (line >= doc.lines) return doc.length;
  const { from, to } = doc.line(line + 1);
  return Math.min(from + character, to);
}
