/** Writes the JSON schema of configuration files anew, from the settings of package.json: `npm run readme`. A test compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SECTION, type Settings } from '../server/src/protocol.ts';
import { SETTING_TYPES } from '../server/src/settingTypes.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
}

/** The schema: each setting that a configuration file may say, as the editor's settings describe it. */
export function renderConfigSchema({ contributes }: Manifest): string {
  const names = Object.entries(SETTING_TYPES).flatMap(([name, { isEditors }]) => (isEditors ? [] : [name]));
  const settings = (names as (keyof Settings)[]).map((name) => {
    const { order: _, scope: __, ...setting } = contributes.configuration.properties[`${SECTION}.${name}`] ?? {};
    const { markdownDescription } = setting;
    // What is a path in it leads on from the file.
    const description = String(markdownDescription).replaceAll('the workspace folder', "this file's folder");
    return [name, { ...setting, markdownDescription: description }];
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'IAM Policy Refiner',
    description: 'The settings that hold below this folder, in the editor and on the command line.',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(settings) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  writeFileSync('schemas/config.schema.json', renderConfigSchema(manifest));
}
