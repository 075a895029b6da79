// Draws the sign of the workbench (src-renderer/shell/Mark.tsx) into resources/icons, where electron-builder finds it: one PNG a size for Linux,
// one .ico for Windows, one .icns for macOS. Both containers hold the same PNGs. Run by hand when the sign changes: node scripts/draw-icons.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensure } from './bootstrap/ensure.mjs';
import { root } from './lib/places.mjs';
import { script } from './lib/run.mjs';

const folder = join(root, 'resources', 'icons');
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024];
/** Which PNG of which size macOS looks for under which name. @type {Array<[string, number]>} */
const appleTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];

// The bars stand as in the page; around the plate a margin, for a dock draws icons closer to each other than a page does.
const sign = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 22 22">
  <rect width="20" height="20" rx="5" fill="#1b2025" />
  <g fill="#ffffff">
    <rect x="4.2" y="10.2" width="3" height="5.4" rx=".8" />
    <rect x="8.5" y="4.4" width="3" height="11.2" rx=".8" />
    <rect x="12.8" y="7.6" width="3" height="3" rx=".8" />
    <rect x="12.8" y="12.6" width="3" height="3" rx=".8" />
  </g>
</svg>
`;

await script(async () => {
  await ensure('test');
  mkdirSync(folder, { recursive: true });
  const drawn = await draw();
  writeFileSync(join(folder, 'icon.svg'), sign);
  for (const [size, png] of drawn) writeFileSync(join(folder, `${size}x${size}.png`), png);
  writeFileSync(join(folder, 'icon.ico'), windowsIcon([...drawn].filter(([size]) => size <= 256)));
  writeFileSync(join(folder, 'icon.icns'), appleIcon(drawn));
});

/** @returns {Promise<Map<number, Buffer>>} */
async function draw() {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  /** @type {Map<number, Buffer>} */
  const drawn = new Map();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${sign}`);
    drawn.set(size, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return drawn;
}

/** A directory of 16 bytes an image, then the images; 256 pixels are written as 0. @param {Array<[number, Buffer]>} images */
function windowsIcon(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, [size, png]] of images.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(([, png]) => png)]);
}

/** Chunks of a name, a length that counts its own head, and the image. @param {Map<number, Buffer>} drawn */
function appleIcon(drawn) {
  const chunks = appleTypes.map(([type, size]) => chunk(type, drawn.get(size) ?? Buffer.alloc(0)));
  return chunk('icns', Buffer.concat(chunks));
}

/** @param {string} name @param {Buffer} content */
function chunk(name, content) {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'ascii');
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}
