import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { Prec, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import type { LanguageClient, Place } from './language-client.ts';
import { offsetOf } from './marks.ts';
import { plainText, withoutPlaces, type Documentation } from './plain-text.ts';

interface Item {
  readonly label: string;
  readonly kind?: number;
  readonly detail?: string;
  readonly insertText?: string;
  /** 2: with places to fill in, written as in the protocol. */
  readonly insertTextFormat?: number;
  readonly textEdit?: { readonly newText: string; readonly range?: Range; readonly replace?: Range };
  readonly documentation?: Documentation;
}
interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** What the server knows while one types: completion, documentation, and where a keyword is defined (F12, or Ctrl and a click). */
export function languageExtensions(client: LanguageClient, onDefinition: (path: string, line: number) => void): Extension {
  const define = (view: EditorView, at: number): boolean => {
    void definitionOf(client, view.state, at).then((found) => found !== null && onDefinition(found.path, found.line));
    return true;
  };
  return [
    autocompletion({ override: [(context) => complete(client, context)], icons: false, activateOnTypingDelay: 150 }),
    Prec.high(keymap.of([...completionKeymap, { key: 'Tab', run: acceptCompletion }])),
    keymap.of([{ key: 'F12', run: (view) => define(view, view.state.selection.main.head) }]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        const at = event.ctrlKey || event.metaKey ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
        return at === null ? false : define(view, at);
      },
    }),
    hoverTooltip((view, at) => documentationAt(client, view.state, at)),
  ];
}

async function complete(client: LanguageClient, context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[^\s{}]+(?: [^\s{}]+)* ?$/u);
  if (before === null && !context.explicit) return null;
  const answer = await client.ask('textDocument/completion', placeOf(context.state, context.pos));
  const items = Array.isArray(answer) ? (answer as Item[]) : ((answer as { items?: Item[] } | null)?.items ?? []);
  if (items.length === 0 || context.aborted) return null;
  const range = rangeOf(items[0]);
  const from = range === undefined ? (before?.from ?? context.pos) : offsetOf(context.state.doc, range.start);
  return {
    from: Math.min(from, context.pos),
    options: items.map((item) => optionOf(client, item)),
    validFor: /^[^\s{}]*(?: [^\s{}]+)* ?$/u,
  };
}

function wordsOf(item: Item): string {
  const text = item.textEdit?.newText ?? item.insertText ?? item.label;
  return item.insertTextFormat === 2 ? withoutPlaces(text) : text;
}

function rangeOf(item: Item | undefined): Range | undefined {
  return item?.textEdit?.range ?? item?.textEdit?.replace;
}

function optionOf(client: LanguageClient, item: Item): Completion {
  return {
    label: item.label,
    apply: wordsOf(item),
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    info: async () => {
      const more = (await client.resolve(item)) as Item | null;
      return textBox(plainText(more?.documentation ?? item.documentation ?? ''));
    },
  };
}

async function documentationAt(client: LanguageClient, state: EditorState, at: number) {
  const answer = (await client.ask('textDocument/hover', placeOf(state, at))) as { contents?: Documentation; range?: Range } | null;
  const dom = textBox(plainText(answer?.contents ?? ''));
  if (dom === null) return null;
  const pos = answer?.range === undefined ? at : offsetOf(state.doc, answer.range.start);
  return { pos, above: true, create: () => ({ dom }) };
}

interface Target {
  readonly uri?: string;
  readonly range?: Range;
  readonly targetUri?: string;
  readonly targetSelectionRange?: Range;
}

/** Of the name that the cursor is in, or right behind: the server knows nothing of a name's end. */
async function definitionOf(client: LanguageClient, state: EditorState, at: number): Promise<{ path: string; line: number } | null> {
  const ask = (place: number) => client.ask('textDocument/definition', placeOf(state, place)) as Promise<Target | Target[] | null>;
  const answer = (await ask(at)) ?? (at > state.doc.lineAt(at).from ? await ask(at - 1) : null);
  const target = Array.isArray(answer) ? answer[0] : answer;
  const path = client.pathOf(target?.targetUri ?? target?.uri ?? '');
  const start = (target?.targetSelectionRange ?? target?.range)?.start;
  return path === null || start === undefined ? null : { path, line: start.line + 1 };
}

/** Foreign words are shown as text. */
function textBox(text: string): HTMLElement | null {
  if (text === '') return null;
  const box = document.createElement('div');
  box.className = 'editor-documentation';
  box.textContent = text;
  return box;
}

function placeOf({ doc }: EditorState, at: number): Place {
  const line = doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}
