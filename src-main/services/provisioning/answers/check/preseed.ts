import { meant, type AnswerProblem } from './problem.ts';

const TYPES = ['string', 'boolean', 'select', 'multiselect', 'password', 'note', 'text', 'title', 'error', 'seen'];

/** Lines of `owner question type value`, as debconf takes them; a backslash at its end goes on with the next line. */
export function checkPreseed(text: string): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  const lines = text.split(/\r?\n/u);
  for (let index = 0; index < lines.length; index += 1) {
    const first = index;
    let content = lines[index] ?? '';
    while (content.endsWith('\\') && index + 1 < lines.length) content = content.slice(0, -1) + (lines[(index += 1)] ?? '');
    const message = problemOf(content.trim());
    if (message !== null) problems.push({ line: first + 1, message });
  }
  return problems;
}

function problemOf(content: string): string | null {
  if (content === '' || content.startsWith('#')) return null;
  const [, question, type, value = ''] = /^\S+\s+(\S+)\s+(\S+)(?:\s+(.*))?$/u.exec(content) ?? [];
  if (question === undefined || type === undefined) return 'A line has an owner, a question, a type and a value.';
  if (!TYPES.includes(type)) {
    const other = meant(type, TYPES);
    return `${type} is no type of a question.${other === null ? '' : ` Is ${other} meant?`}`;
  }
  if (type === 'boolean' && value !== 'true' && value !== 'false') return `${question} takes true or false.`;
  return null;
}
