/** Draws the extension's icon, `images/icon.png`, from `images/icon.svg`: `npm run icon`. Needs Chromium. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChromium } from '../test/vscode/host/chromium.mjs';

/** The size that the Marketplace asks for, in pixels. */
const SIZE = 128;

const images = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'images');

const browser = await startChromium();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block}</style>${readFileSync(path.join(images, 'icon.svg'))}`,
  );
  await page.screenshot({ path: path.join(images, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
