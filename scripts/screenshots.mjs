/**
 * Takes pictures of the extension in a real VS Code: `npm run screenshots`, or of some scenes only: `npm run screenshots -- marks hover`.
 * Those of the README are written to `images/`, the others, and what the README's look like in other themes, to `out/screenshots/`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { screenshot } from '../test/vscode/host/page.mjs';
import { projectRoot } from '../test/vscode/host/paths.mjs';
import { scenes } from './screenshots/scenes/index.mjs';
import { onStage } from './screenshots/stage.mjs';

const images = path.join(projectRoot, 'images');
const review = path.join(projectRoot, 'out', 'screenshots');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(scenes, name));
if (unknown.length > 0) throw new Error(`No scene is called ${unknown}; there are ${Object.keys(scenes)}`);

execFileSync('npm', ['run', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
mkdirSync(review, { recursive: true });

for (const [name, scene] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const theme of scene.themes ?? ['light']) {
    console.log(`${name}, ${theme}`);
    await onStage({ ...scene.stage, theme }, (page) => play(page, name, scene, theme)).catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
  }
}

async function play(page, name, scene, theme) {
  const take = (picture, options) => {
    const isForReadme = theme === 'light' && scene.readme?.includes(picture);
    const file = isForReadme ? path.join(images, `${picture}.png`) : path.join(review, `${picture}-${theme}.png`);
    return screenshot(page, file, options);
  };
  try {
    await scene.play(page, take);
  } catch (error) {
    await screenshot(page, path.join(review, `failed-${name}-${theme}.png`));
    throw error;
  }
}
