import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ParseError } from '../../../../src-shared/model/test-data.ts';
import type { Finding } from '../language/language-client.ts';
import { marksOf } from '../language/marks.ts';
import { robotLanguage, robotTags } from './robot-language.ts';

export interface ViewOptions {
  readonly path: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly onChange: (read: () => string) => void;
  readonly onCursor: (line: number) => void;
  /** What else it can do: completion, documentation. */
  readonly extra: Extension;
}

/** The colours of kit/css/code.css; other languages take the nearest of them. */
const colours = HighlightStyle.define([
  ...Object.entries(robotTags).map(([kind, tag]) => ({ tag, class: `token-${kind}` })),
  { tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword], class: 'token-control' },
  { tag: [tags.string, tags.special(tags.string)], class: 'token-string' },
  { tag: tags.comment, class: 'token-comment' },
  { tag: [tags.function(tags.variableName), tags.className], class: 'token-name' },
  { tag: [tags.definition(tags.propertyName), tags.attributeName], class: 'token-setting' },
]);

export function languageOf(path: string): Extension {
  if (/\.(?:robot|resource)$/iu.test(path)) return robotLanguage;
  if (/\.py$/iu.test(path)) return python();
  if (/\.ya?ml$/iu.test(path)) return yaml();
  return [];
}

/** What reading and writing have in common. */
export function common(path: string): Extension {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    drawSelection(),
    languageOf(path),
    syntaxHighlighting(colours),
  ];
}

export function openView(parent: HTMLElement, options: ViewOptions): EditorView {
  const state = EditorState.create({ doc: options.text, extensions: [common(options.path), typing(options)] });
  return new EditorView({ parent, state });
}

function typing({ path, text, readOnly, onChange, onCursor, extra }: ViewOptions): Extension {
  const ends = lineEndOf(text);
  const read = (state: EditorState) => (): string => state.doc.sliceString(0, undefined, ends);
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-label': `Text of ${path}`, spellcheck: 'false' }),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged) onChange(read(state));
      if (docChanged || selectionSet) onCursor(state.doc.lineAt(state.selection.main.head).number);
    }),
    ...[
      history(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of('    '),
      lintGutter(),
      search({ top: true }),
      highlightSelectionMatches(),
    ],
    extra,
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
  ];
}

/** A file keeps the line ends it came with: only what was typed differs in the next revision. */
export function lineEndOf(text: string): string {
  return /\r\n/u.test(text) ? '\r\n' : '\n';
}

export function goToLine(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
}

/** What the language server finds in the text as it is. */
export function showFindings(view: EditorView, findings: readonly Finding[]): void {
  view.dispatch(setDiagnostics(view.state, marksOf(view.state.doc, findings)));
}

/** What Robot's parser said of the saved file; it moves with the lines while they are typed. */
export function showProblems(view: EditorView, problems: readonly ParseError[]): void {
  const diagnostics = problems.map(({ line, message, fatal }): Diagnostic => {
    const { from, to } = view.state.doc.line(Math.min(Math.max(1, line ?? 1), view.state.doc.lines));
    return { from, to, message, severity: fatal ? 'error' : 'warning', source: 'Robot Framework' };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}
