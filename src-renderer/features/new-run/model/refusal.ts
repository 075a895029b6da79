import { toProblem, type Problem } from '../../../kit/problem.ts';
import type { Obstacle, Place } from './draft.ts';

interface Reason {
  readonly code: string;
  readonly message: string;
  readonly subject: string | null;
}

/** The harness said no: all its reasons, or, where it could not even answer, the problem. */
export interface Refusal {
  readonly obstacles: readonly Obstacle[];
  readonly problem: Problem | null;
}

/** Reasons of a refusal become what can be repaired on this page; `suts` are the names that the run asked for. */
export function refusalOf(error: unknown, suts: readonly string[]): Refusal {
  const problem = toProblem(error);
  const reasons = problem.code === 'PREFLIGHT_FAILED' ? reasonsOf(error) : [];
  if (reasons.length === 0) return { obstacles: [], problem };
  return { obstacles: reasons.map((reason) => obstacleOf(reason, suts)), problem: null };
}

const SUBJECTS: readonly Place[] = ['selection', 'condition', 'robotOptions'];

function obstacleOf({ message, subject }: Reason, suts: readonly string[]): Obstacle {
  const sut = suts.find((name) => name === subject) ?? null;
  const place = sut === null ? (SUBJECTS.find((one) => one === subject) ?? placeOfHash(subject)) : 'suts';
  const [title, why] = inTwo(message);
  return { place, title, why, sut };
}

/** A revision is named by its hash. */
function placeOfHash(subject: string | null): Place | null {
  return subject !== null && /^[0-9a-f]{64}$/u.test(subject) ? 'revision' : null;
}

/** The first sentence says what; the rest why and what now. */
function inTwo(message: string): readonly [string, string] {
  const end = message.indexOf('. ');
  return end < 0 ? [message.replace(/\.$/u, ''), ''] : [message.slice(0, end), message.slice(end + 2)];
}

function reasonsOf(error: unknown): readonly Reason[] {
  if (typeof error !== 'object' || error === null || !('data' in error)) return [];
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('reasons' in data) || !Array.isArray(data.reasons)) return [];
  return data.reasons.filter(isReason);
}

function isReason(value: unknown): value is Reason {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string' && 'subject' in value;
}
