import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/**
 * Goes first in every foreign page. WebRTC asks servers by UDP whatever the policy of the page says, and no policy knows it. So its
 * doors are taken away, and a frame, which would have them again, is removed before it can run anything: policies stop frames
 * from elsewhere, but not those that a page writes itself.
 */
const GUARD = `<script>{
for(const n of ['RTCPeerConnection','webkitRTCPeerConnection','WebTransport'])delete window[n];
const frames='iframe,frame,object,embed,fencedframe';
const sweep=(n)=>{if(n.matches?.(frames))n.remove();else n.querySelectorAll?.(frames).forEach((f)=>f.remove())};
const watch=(root)=>new MutationObserver((all)=>all.forEach((m)=>m.addedNodes.forEach(sweep))).observe(root,{childList:true,subtree:true});
const attach=Element.prototype.attachShadow;
Element.prototype.attachShadow=function(o){const root=attach.call(this,o);watch(root);return root};
for(const [o,n] of [[Element.prototype,'setHTMLUnsafe'],[ShadowRoot.prototype,'setHTMLUnsafe'],[Document,'parseHTMLUnsafe']])delete o[n];
watch(document);
}</script>`;
const DOCTYPE = /^(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->)[^])*-->\s*)*<!doctype[^>]*>/iu;
/** Bytes in which a document type is looked for: Robot's stands in the first line. */
const HEAD = 4096;

/** A page with the guard behind its document type: in front of it, browsers would fall back to the ways of the nineties. */
export async function guardedPage({ file, size }: { file: string; size: number }): Promise<{ size: number; open: () => Readable }> {
  const at = await endOfDoctype(file);
  const parts = async function* () {
    if (at > 0) yield* createReadStream(file, { end: at - 1 });
    yield Buffer.from(GUARD);
    if (at < size) yield* createReadStream(file, { start: at, end: size - 1 });
  };
  return { size: size + Buffer.byteLength(GUARD), open: () => Readable.from(parts(), { objectMode: false }) };
}

async function endOfDoctype(file: string): Promise<number> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return DOCTYPE.exec(buffer.toString('latin1', 0, bytesRead))?.[0].length ?? 0;
  } finally {
    await handle.close();
  }
}
