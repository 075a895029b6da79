/** The one origin the window may show. A scheme of our own, so that neither file:// rights nor a web origin is involved. */
export const scheme = 'app';
export const origin = `${scheme}://workbench`;

export function isOurs(url: string): boolean {
  return url === origin || url.startsWith(`${origin}/`);
}
