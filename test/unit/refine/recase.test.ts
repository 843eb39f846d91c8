import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recase } from '../../../server/src/service/refine/recase.ts';

describe('a pattern is spelled as a name that it matches:', () => {
  const rows: readonly [pattern: string, name: string, spelled: string][] = [
    ['GetObject*tagging', 'GetObjectTagging', 'GetObject*Tagging'],
    ['getobject', 'GetObject', 'GetObject'],
    ['get*', 'GetObject', 'Get*'],
    ['get*', 'Get', 'Get*'],
    ['GET?BJECT', 'GetObject', 'Get?bject'],
    ['?et*acl', 'GetObjectAcl', '?et*Acl'],
    ['*tag', 'GetTagTAG', '*TAG'],
    ['*aab', 'xaAaB', '*AaB'],
    ['*ab*cd', 'xAbabCcD', '*Ab*cD'],
    ['**object', 'GetObject', '**Object'],
    ['*', 'GetObject', '*'],
    ['', '', ''],
  ];
  for (const [pattern, name, spelled] of rows) {
    it(`'${pattern}' as '${name}' gives '${spelled}'`, () => assert.equal(recase(pattern, name), spelled));
  }

  for (const [pattern, name] of [
    ['get', 'Put'],
    ['get', 'GetObject'],
    ['gex', 'GetObject'],
    ['ge?', 'GetObject'],
  ] as const) {
    it(`'${pattern}', which does not match '${name}', stays`, () => assert.equal(recase(pattern, name), pattern));
  }
});
