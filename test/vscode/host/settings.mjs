import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** User settings for a window that asks nothing, reaches no network, and shows no more than the editor's work. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off', // In a browser it is on, and files would be saved behind a test's back.
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.confirmBeforeClose': 'never',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Writes `settings` as the user settings of the profile in `userDataDir`, and creates the folder. */
export function writeUserSettings(userDataDir, settings) {
  const folder = path.join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}
