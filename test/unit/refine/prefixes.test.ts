import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { globIncludes } from '../../../server/src/service/actions/glob.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, refined } from '../../support/refine.ts';

interface Row {
  readonly action: string;
  readonly kept: readonly string[];
  readonly unused: readonly string[];
  readonly expected: readonly string[];
}

describe('the shortest safe prefixes', () => {
  const rows: Readonly<Record<string, Row>> = {
    'are none where nothing is kept': { action: 'Get*', kept: [], unused: ['GetApple'], expected: [] },
    'are one word longer than the pattern where that is safe': {
      action: 'Get*',
      kept: ['GetAppleTree', 'GetAppleTreeHeight', 'GetApplePie', 'GetPearTree', 'GetPearPie'],
      unused: ['GetPlum'],
      expected: ['GetApple*', 'GetPear*'],
    },
    'are as many words longer as safety asks for': {
      action: '*',
      kept: [
        'GetAppleTreeHeight',
        'GetAppleTreeAge',
        'GetAppleTreeAgeUnit',
        'GetPearTree',
        'GetPearPie',
        'PutAll',
        'PutAny',
      ],
      unused: ['GetApplePie', 'GetPlum'],
      expected: ['GetAppleTree*', 'GetPear*', 'Put*'],
    },
    'are exact where one name is left': {
      action: '*',
      kept: ['GetAppleTree', 'PutApple'],
      unused: ['GetApple'],
      expected: ['GetAppleTree', 'PutApple'],
    },
    'are exact for a name that ends where others go on that are unused': {
      action: 'Get*',
      kept: ['GetApple', 'GetAppleTree', 'GetAppleTreeAge'],
      unused: ['GetApplePie'],
      expected: ['GetApple', 'GetAppleTree*'],
    },
    'begin behind the word that the pattern cuts': {
      action: 'GetAp*',
      kept: ['GetAppleTree', 'GetApplePie', 'GetApricotTree', 'GetApricotJam'],
      unused: ['GetApe'],
      expected: ['GetApple*', 'GetApricot*'],
    },
    'begin behind the pattern though it ends with a word': {
      action: 'GetApple*',
      kept: ['GetApple', 'GetAppleTree', 'GetAppleTreeAge', 'GetApples'],
      unused: ['GetApplePie'],
      expected: ['GetApple', 'GetApples', 'GetAppleTree*'],
    },
    'are not shared by words that only begin alike': {
      action: '*',
      kept: ['ReEncryptFrom', 'ReEncryptTo', 'ResetKey', 'ResetAll'],
      unused: ['RetireGrant'],
      expected: ['ReEncrypt*', 'Reset*'],
    },
    'do not end with a word of which a longer one is unused': {
      action: '*',
      kept: ['ListRoleTags', 'ListRolePolicies', 'ListUserTags', 'ListUserGroups'],
      unused: ['ListRoles'],
      expected: ['ListRolePolicies', 'ListRoleTags', 'ListUser*'],
    },
    'are safe in any case': {
      action: '*',
      kept: ['GETAll', 'GETAny', 'PUTAll', 'PUTAny'],
      unused: ['GetPortal'],
      expected: ['GETAll', 'GETAny', 'PUT*'],
    },
    'are safe from a name that is the prefix itself': {
      action: '*',
      kept: ['GetAll', 'GetAny'],
      unused: ['Get'],
      expected: ['GetAll', 'GetAny'],
    },
    'do not mind unused names that sort before and behind them': {
      action: '*',
      kept: ['MakeAll', 'MakeAny'],
      unused: ['Aaa', 'Mak', 'MakdZ', 'Makf', 'Zzz'],
      expected: ['Make*'],
    },
    'see an unused name that sorts first, last or among others': {
      action: '*',
      kept: ['AddA', 'AddB', 'MakeA', 'MakeB', 'ZipA', 'ZipB', 'OkA', 'OkB'],
      unused: ['AddX', 'MakeX', 'ZipX'],
      expected: ['AddA', 'AddB', 'MakeA', 'MakeB', 'Ok*', 'ZipA', 'ZipB'],
    },
    'keep what the pattern says behind its star': {
      action: 'Get*Tag',
      kept: ['GetAppleRedTag', 'GetAppleTag', 'GetPearTag'],
      unused: ['GetPlumTag'],
      expected: ['GetApple*Tag', 'GetPearTag'],
    },
    'are all that a pattern still asks for, at most once a name': {
      action: '*Tag',
      kept: ['GetTag', 'GetTagTag', 'GetTagAllTag', 'PutTag'],
      unused: ['SetTag'],
      expected: ['Get*Tag', 'PutTag'],
    },
    'keep its question marks': {
      action: '?etApple?',
      kept: ['GetApple1', 'GetApple2', 'SetApple1'],
      unused: ['LetApple1'],
      expected: ['GetApple?', 'SetApple1'],
    },
    'are spelled as the names are, behind a star too': {
      action: 'get*tag*all',
      kept: ['GetAppleTagThemAll', 'GetAppleTagAll'],
      unused: ['GetPearTagAll'],
      expected: ['GetApple*Tag*All'],
    },
    'keep the question marks that a star follows': {
      action: 'Get?????*',
      kept: ['GetAllTags', 'GetAllKeys'],
      unused: ['GetPears'],
      expected: ['GetAll??*'],
    },
    'may be two of one text, for a pattern that repeats itself': {
      action: '*TagTag',
      kept: ['GetTagTag', 'GetTagAllTagTag', 'GetTagAnyTagTag'],
      unused: ['GetAllTagTag'],
      expected: ['GetTag*TagTag', 'GetTagTag'],
    },
    'are exact where one of these two is for one name': {
      action: '*TagTag',
      kept: ['GetTagTag', 'GetTagAllTagTag'],
      unused: ['GetAllTagTag'],
      expected: ['GetTagAllTagTag', 'GetTagTag'],
    },
    'grant a name once, though both of these two could': {
      action: '*TagTag*',
      kept: ['GetTagTagX', 'GetTagTagTagX', 'GetTagAllTagTag'],
      unused: ['GetAllTagTag'],
      expected: ['GetTag*TagTag*', 'GetTagTagX'],
    },
    'leave out names that a shorter one grants, though their words are others': {
      action: 'Get*',
      kept: ['GetAppleTree', 'GetApplePie', 'GetApples', 'GetApplesTree', 'GetAppleteenth'],
      unused: ['GetPear'],
      expected: ['GetApple*'],
    },
    'leave out a name in another case that is the prefix itself': {
      action: '*',
      kept: ['GETApple', 'GetAppleTree', 'GetApplePie', 'PUTAll', 'PUTAny', 'Putall'],
      unused: ['GetPear'],
      expected: ['GetApple*', 'PUT*'],
    },
    'are one where two would differ only in case': {
      action: 'g*a*',
      kept: ['GETAlpha', 'GETAny', 'GetApple', 'GetAxe'],
      unused: ['GiveAll'],
      expected: ['GET*A*'],
    },
  };
  for (const [why, { action, kept, unused, expected }] of Object.entries(rows)) {
    it(why, () => assert.deepEqual(prefixesOf(action, kept, unused), expected));
  }

  const NAMES = ['Get', 'GETAll', 'GetAllTags', 'GetAny', 'GetTag', 'Gets', 'GetsTag', 'Getter'];
  for (const action of ['*', 'Get*', 'g*', 'Get*Tag*', '*t*', '?et*', '*Tag', '*a*']) {
    it(`of ${action} grant all and only what is kept, whatever that is`, () => {
      const granted = NAMES.filter((name) => globIncludes(action, name));
      for (let choice = 0; choice < 2 ** granted.length; choice++) {
        const isKept = (_: string, index: number) => ((choice >> index) & 1) === 1;
        const kept = granted.filter(isKept);
        const unused = granted.filter((name, index) => !isKept(name, index));
        const found = prefixesOf(action, kept, unused);
        const grantedNow = granted.filter((name) => found.some((pattern) => globIncludes(pattern, name)));
        assert.deepEqual(grantedNow, kept, `${found}`);
        for (const pattern of found) assert.ok(globIncludes(action, pattern), pattern);
        assert.ok(found.length <= kept.length);
      }
    });
  }
});

/** What becomes of an entry with this action pattern, without the service. */
function prefixesOf(action: string, kept: readonly string[], unused: readonly string[]): string[] {
  const catalogue = catalogueWith({ svc: [...kept, ...unused] });
  const entries = refined([`svc:${action}`], contextOf(catalogue, { svc: unused }));
  return entries.map((entry) => entry.replace('svc:', ''));
}
