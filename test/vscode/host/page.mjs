import { launch } from './launch.mjs';

export * from './drive.mjs';

const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'contrast-light': 'Default High Contrast Light',
  'contrast-dark': 'Default High Contrast',
};

/** On top of the quiet settings: nothing on screen but the explorer and the editor, in letters large enough to read. */
const pictureSettings = {
  'breadcrumbs.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 15,
  'editor.hideCursorInOverviewRuler': true,
  'editor.minimap.enabled': false,
  'editor.overviewRulerBorder': false,
  'editor.overviewRulerLanes': 0,
  'editor.renderLineHighlight': 'none',
  'editor.scrollBeyondLastLine': false,
  'workbench.editor.editorActionsLocation': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.navigationControl.enabled': false,
  'workbench.statusBar.visible': false,
  'window.commandCenter': false,
  'workbench.reduceMotion': 'on',
};

/**
 * Opens a window of the substitute for VS Code (Linux on x64 only, see `obtainCodeServer`), calls `use` with
 * Playwright's page of it, and closes all. Gives what `use` gives. Options:
 * - `folder`, `file`: absolute paths of what to open; `devPath`: folder of the extension to show;
 * - `settings`: user settings on top of those for a clean picture;
 * - `theme`: 'light', 'dark', 'contrast-light' or 'contrast-dark'; `viewport`: size in CSS pixels; `scale`: image pixels for each of them.
 */
export async function withWorkbench(options, use) {
  const { folder, file, devPath, settings, theme = 'light', scale = 2 } = options;
  const window = await launch({
    folder,
    file,
    linkedExtension: devPath,
    testDriver: false, // It would hide notifications.
    settings: { ...pictureSettings, 'workbench.colorTheme': themes[theme], ...settings },
    context: { viewport: options.viewport ?? { width: 1200, height: 800 }, deviceScaleFactor: scale },
  });
  try {
    await window.page.locator('.monaco-workbench .part.editor').waitFor();
    return await use(window.page);
  } finally {
    await window.close();
  }
}
