import { createHash } from 'node:crypto';

/** The frame around a foreign page. Both texts are constant, so that its policy can name them by hash. */
const FRAME_STYLE = 'html,body{margin:0;height:100%;background:Canvas}iframe{border:0;width:100%;height:100%;display:block}';
const FRAME_SCRIPT =
  "const f=document.querySelector('iframe');const go=()=>{f.src=location.pathname+'?framed'+location.hash};addEventListener('hashchange',go);go();";
const hashed = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), clipboard-read=()',
  'Cache-Control': 'no-store',
};

export type Treatment = 'frame' | 'page' | 'file';

/**
 * Headers of one answer; `base` is the address of the report's folder, with a closing slash.
 *
 * A sandboxed page cannot be kept from sending itself elsewhere by its own policy. So it is never the top document: our frame holds
 * it, and the frame's `frame-src` lets it go nowhere but to files of the same report. Cross-Origin-Resource-Policy is absent on purpose:
 * a sandboxed page has an opaque origin, and its own pictures would be refused.
 */
export function foreignHeaders(treatment: Treatment, base: string): Record<string, string> {
  return { ...ALWAYS, 'Content-Security-Policy': POLICIES[treatment](base) };
}

const POLICIES: Record<Treatment, (base: string) => string> = {
  frame: (base) =>
    `default-src 'none'; script-src ${hashed(FRAME_SCRIPT)}; style-src ${hashed(FRAME_STYLE)}; frame-src ${base}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  page: (base) =>
    `sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' ${base}; style-src 'unsafe-inline' ${base}; img-src data: ${base}; media-src data: ${base}; font-src data: ${base}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  file: (base) =>
    `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: ${base}; media-src ${base}; base-uri 'none'; form-action 'none'`,
};

export function framePage(fileName: string): string {
  const title = fileName.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${FRAME_STYLE}</style></head><body><iframe sandbox="allow-scripts" referrerpolicy="no-referrer" title="Report"></iframe><script>${FRAME_SCRIPT}</script></body></html>`;
}
