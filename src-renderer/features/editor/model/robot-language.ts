import { StreamLanguage, type StreamParser } from '@codemirror/language';
import { tags, type Tag } from '@lezer/highlight';
import { contextOf, TOP, type Above } from '../../../kit/robot/line-contexts.ts';
import { tokensOf, type Token, type TokenKind } from '../../../kit/robot/tokens.ts';

/** Between lines only what the line above told is kept; within a line also the parts of it that are still to come. */
export interface RobotState {
  above: Above;
  rest: readonly Token[];
}

export const robotTags: Record<Exclude<TokenKind, 'plain'>, Tag> = {
  section: tags.heading,
  name: tags.definition(tags.name),
  setting: tags.propertyName,
  control: tags.controlKeyword,
  variable: tags.variableName,
  string: tags.docString,
  comment: tags.lineComment,
};

/** Robot's syntax by the same rules that the reading view uses: a line at a time, so that typing costs one line. */
export const robotParser: StreamParser<RobotState> = {
  name: 'robot',
  startState: () => ({ above: TOP, rest: [] }),
  copyState: ({ above, rest }) => ({ above, rest }),
  token(stream, state) {
    if (stream.sol()) {
      const { context, below } = contextOf(stream.string, state.above);
      state.above = below;
      state.rest = tokensOf(stream.string, context);
    }
    const [token, ...rest] = state.rest;
    if (token === undefined) {
      stream.skipToEnd();
      return null;
    }
    state.rest = rest;
    stream.pos += token.text.length;
    return token.kind === 'plain' ? null : token.kind;
  },
  tokenTable: robotTags,
  languageData: { commentTokens: { line: '#' } },
};

export const robotLanguage = StreamLanguage.define(robotParser);
