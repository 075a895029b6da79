/** What a window may ask of the server: everything about texts, nothing that acts on the machine. */
const ASKED = new Set([
  'textDocument/didOpen',
  'textDocument/didChange',
  'textDocument/didClose',
  'textDocument/didSave',
  'textDocument/completion',
  'completionItem/resolve',
  'textDocument/hover',
  'textDocument/definition',
  'textDocument/signatureHelp',
  'textDocument/documentSymbol',
  '$/cancelRequest',
]);

export function isAboutTexts(json: string): boolean {
  try {
    const message: unknown = JSON.parse(json);
    return typeof message === 'object' && message !== null && 'method' in message && ASKED.has(String(message.method));
  } catch {
    return false;
  }
}
