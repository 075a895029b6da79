import { StringStream } from '@codemirror/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { robotParser, type RobotState } from './robot-language.ts';

function coloursOf(text: string): string[][] {
  const state = robotParser.startState?.(4) as RobotState;
  return text.split('\n').map((line) => {
    const stream = new StringStream(line, 4, 4);
    const found: string[] = [];
    while (!stream.eol()) {
      const kind = robotParser.token(stream, state);
      if (stream.pos === stream.start) throw new Error('It stands still.');
      if (kind !== null) found.push(`${kind}:${stream.current()}`);
      stream.start = stream.pos;
    }
    return found;
  });
}

describe('the Robot language', () => {
  it('tells sections, names, settings, control words, variables and comments', () => {
    const text = '*** Test Cases ***\nA case\n    [Tags]    slow\n    FOR    ${x}    IN    1\n    Log    a ${b}  # why';
    expect(coloursOf(text)).toEqual([
      ['section:*** Test Cases ***'],
      ['name:A case'],
      ['setting:[Tags]'],
      ['control:FOR', 'variable:${x}', 'control:IN'],
      ['variable:${b}', 'comment:# why'],
    ]);
  });
  it('goes over every text to its end', () => {
    const piece = fc.constantFrom('*** Keywords ***', '    ', '${', '}', '[Documentation]', '...', '#', '|', ' | ', 'ä', '\t', '\n', 'a');
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (parts) => void coloursOf(parts.join(''))));
  });
});
