// Drives the workbench through Playwright's page. A wait that is not met within Playwright's limit (30 s) throws.

const patience = 30_000; // Milliseconds, for what has to be asked for again and again.

/** Opens a file of the workspace by its name, or by the end of its path, and waits until its text is shown. */
export async function openFile(page, name) {
  await pick(page, 'Control+P', name, name.split('/').at(-1));
  await page.locator('.tab.active', { hasText: name.split('/').at(-1) }).waitFor();
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
}

/** Runs a command by its title as the palette shows it, with the category: "Trial: Insert Header". */
export async function runCommand(page, title) {
  await pick(page, 'F1', title, title);
}

/** Waits for a squiggle in the editor ('error', 'warning', 'info' or 'hint'; any if not given), and gives the first. */
export async function waitForSquiggle(page, severity) {
  const kinds = severity ? [severity] : ['error', 'warning', 'info', 'hint'];
  const squiggle = page.locator(kinds.map((kind) => `.monaco-editor .squiggly-${kind}`).join(', ')).first();
  await squiggle.waitFor({ state: 'attached' });
  return squiggle;
}

/** Waits until the visible text of the editors matches `pattern`: lines end with "\n", every space is a plain one. */
export async function waitForText(page, pattern) {
  await page.waitForFunction(
    ({ source, flags }) => {
      const lines = [...document.querySelectorAll('.monaco-editor .view-line')];
      lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top); // Not the order in the page.
      return new RegExp(source, flags).test(lines.map((line) => line.textContent.replaceAll('\u00a0', ' ')).join('\n'));
    },
    { source: pattern.source, flags: pattern.flags },
  );
}

/** Waits until text that an extension put behind a line, as a decoration, contains `text`. */
export async function waitForDecoration(page, text) {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.monaco-editor .view-line span')].some((element) =>
        getComputedStyle(element, '::after').content.replaceAll('\u00a0', ' ').includes(wanted),
      ),
    text,
  );
}

/** Puts the caret into the middle of the first visible occurrence of `text`, which lies within one line. */
export async function placeCaret(page, text) {
  await page.mouse.click(...(await pointOf(page, text)));
}

/** Holds the mouse over `text` until the hover appears, and gives the hover's locator. */
export async function openHover(page, text) {
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
  await untilShown(hover, async () => {
    await page.mouse.move(0, 0);
    await page.mouse.move(...(await pointOf(page, text)), { steps: 5 });
  });
  return page.locator('.monaco-hover:not(.hidden)').first();
}

/** Opens the quick fix menu at `text` (at the caret if not given) and gives the titles in it. */
export async function openQuickFixMenu(page, text) {
  if (text) await placeCaret(page, text);
  const rows = page.locator('.action-widget .monaco-list-row.action');
  await untilShown(rows.first(), () => page.keyboard.press('Control+Period'));
  return rows.allInnerTexts();
}

/** Saves a picture (PNG) of the window, or of `clip`: 'editor', or a locator, with `margin` CSS pixels around it. */
export async function screenshot(page, path, { clip, margin = 0 } = {}) {
  if (!clip) return page.screenshot({ path });
  const box = await (clip === 'editor' ? page.locator('.part.editor').first() : clip).boundingBox();
  const x = Math.max(0, box.x - margin);
  const y = Math.max(0, box.y - margin);
  const area = { x, y, width: box.x + box.width + margin - x, height: box.y + box.height + margin - y };
  return page.screenshot({ path, clip: area });
}

/** Opens a quick pick with `key`, types `text` and accepts the entry that `label` is the beginning of. */
async function pick(page, key, text, label) {
  await page.keyboard.press(key);
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.waitFor();
  await page.keyboard.type(text);
  await page
    .locator(`.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(label)}]`)
    .first()
    .click();
  await page.mouse.move(0, 0); // Where it rests something might pop up.
}

/** The first requests of a fresh window may be cancelled while language features still register: so ask again. */
async function untilShown(locator, ask) {
  for (const deadline = Date.now() + patience; ; ) {
    await ask();
    const error = await locator.waitFor({ timeout: 3000 }).then(
      () => undefined,
      (error) => error,
    );
    if (!error) return;
    if (Date.now() > deadline) throw error;
  }
}

/** Waits until an editor shows `text`, and gives the point [x, y] of its middle. */
async function pointOf(page, text) {
  const point = await page.waitForFunction((wanted) => {
    for (const line of document.querySelectorAll('.monaco-editor .view-line')) {
      const start = line.textContent.replaceAll('\u00a0', ' ').indexOf(wanted);
      if (start < 0) continue;
      // A line is many elements, one for each colour: find the one with the middle character.
      let offset = start + Math.floor(wanted.length / 2);
      const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode() && offset >= nodes.currentNode.length) offset -= nodes.currentNode.length;
      const range = new Range();
      range.setStart(nodes.currentNode, offset);
      range.setEnd(nodes.currentNode, offset + 1);
      const box = range.getBoundingClientRect();
      return [box.left + 1, box.top + box.height / 2];
    }
    return undefined;
  }, text);
  return point.jsonValue();
}
