import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { matchFindings } from '../../../server/src/service/findings/match.ts';
import type { MatchOptions, PrincipalMapping } from '../../../server/src/service/findings/rules/outcome.ts';
import { describeCombined, finding } from '../../support/jsonFindings.ts';
import { onlyPolicy } from '../../support/jsonOutline.ts';

/** A row of a table: which findings there are, where the policy lies, and what applies to it. */
interface Row {
  /**
   * What there are findings about, each with an unused action of its own: a role, `user/…`, with an account
   * (`222222222222:role/App`) where it is not the first, a bare name (`name App`), or a file that names nobody
   * (`roles/plain.json`).
   */
  readonly findings: readonly string[];
  readonly path?: string;
  /** The text of the policy's file, where its owner does not say enough. */
  readonly policy?: string;
  /** The policy's owner as its syntax names it: a role's name, `user/…`, `group/…`, or `(LogicalId)`. */
  readonly owner?: string;
  readonly root?: string;
  /** The PATH of the command line. */
  readonly typed?: string;
  readonly options?: Omit<MatchOptions, 'principals'>;
  /** What the setting `principals` says of the policy's file. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  /** The principals that the user named. */
  readonly named?: readonly string[];
  /** Whose findings apply, and why; or why none do. */
  readonly applies: RegExp;
}

const FIRST = '111111111111';
const SECOND = '222222222222';

const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: 's3:*' }] };

/** A template whose only policy other stacks may attach. */
const EXPORTED = JSON.stringify({
  Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } },
  Outputs: { Arn: { Value: { Ref: 'P' } } },
});

table('Rule 1: the user has the first word', {
  'whatever the place says': {
    findings: ['App', 'Other'],
    path: '/ws/App.json',
    named: ['Other'],
    applies: /^Other: as you named$/,
  },
  'whatever the syntax says, where one policy is named': {
    findings: ['App', 'Other'],
    owner: 'App',
    named: ['Other'],
    options: { anywhere: true, alone: true },
    applies: /^Other: as you named$/,
  },
  'but not on one of several policies, of which the syntax says that it is another one': {
    findings: ['App', 'Other'],
    owner: 'App',
    named: ['Other'],
    options: { anywhere: true },
    applies: /^nobody: this policy belongs to the role 'App', which you did not name$/,
  },
  'nor on the policy of a user of that name': {
    findings: ['App'],
    owner: 'user/App',
    named: ['App'],
    options: { anywhere: true },
    applies: /^nobody: this policy belongs to the user 'App', which you did not name$/,
  },
  'nor on that of the role in another account': {
    findings: ['App'],
    policy: described(SECOND),
    named: ['App'],
    options: { anywhere: true },
    applies: /^nobody: this policy belongs to the role 'App', which you did not name$/,
  },
  'on one of several policies, of which the syntax says that it is the one': {
    findings: ['App', 'Other'],
    owner: 'aPP',
    named: ['App'],
    options: { anywhere: true },
    applies: /^App: as you named$/,
  },
  'on those whose owner has a name that only AWS knows': {
    findings: ['App'],
    owner: '(AppRole)',
    named: ['App'],
    options: { anywhere: true },
    applies: /^App: as you named$/,
  },
  'several principals share a policy': {
    findings: ['App', 'Other'],
    named: ['App', 'Other'],
    applies: /^App \+ Other: as you named$/,
  },
});

table('Rule 1: what the settings say of a file', {
  'goes before the names of file and folders': {
    findings: ['App', 'Other'],
    path: '/ws/Other/Other.json',
    settings: { '*.json': ['App'] },
    applies: /^App: your setting "iamPolicyRefiner.principals" says so for '\*\.json'$/,
  },
  'several principals share the policy': {
    findings: ['App', 'Other'],
    settings: { '*.json': ['App', 'Other'] },
    applies: /^App \+ Other: your setting/,
  },
  'the first line that speaks of the file counts': {
    findings: ['App', 'Other'],
    settings: { 'policy.json': ['App'], '*.json': ['Other'] },
    applies: /^App: .* for 'policy\.json'$/,
  },
  'an ARN tells accounts apart': {
    findings: ['App', `${SECOND}:App`],
    settings: { '*.json': [`arn:aws:iam::${SECOND}:role/App`] },
    applies: /^222222222222:App: your setting/,
  },
  'a name in two accounts is no answer': {
    findings: ['App', `${SECOND}:App`],
    settings: { '*.json': ['App'] },
    applies: /^nobody: 'App' could be any of arn:.*111111111111.*, arn:.*222222222222/,
  },
  'an account in the path pins it': {
    findings: ['App', `${SECOND}:App`],
    path: `/ws/${SECOND}/policy.json`,
    settings: { '*.json': ['App'] },
    applies: /^222222222222:App/,
  },
  'a principal without findings uses everything, and so do those that share with it': {
    findings: ['App', 'policy'],
    settings: { '*.json': ['App', 'Ghost'] },
    applies: /^nobody: .* says 'Ghost' for '\*\.json', and no finding is about 'Ghost': it counts as using everything$/,
  },
  'an empty list says that nobody is meant, whatever the file is called and whatever lies near': {
    findings: ['policy', '/ws/plain.json'],
    settings: { '*.json': [] },
    applies: /^nobody: your setting "iamPolicyRefiner\.principals" names nobody for '\*\.json'$/,
  },
  'also for one policy of the file': {
    findings: ['App', 'stack-App-1A2B3C'],
    owner: '(App)',
    settings: { '*.json#App': [], '*.json': ['App'] },
    applies: /^nobody: your setting "iamPolicyRefiner\.principals" names nobody for '\*\.json#App'$/,
  },
  'a policy whose owner the syntax names is left to its owner': {
    findings: ['App', 'Other'],
    owner: 'App',
    settings: { '*.json': ['Other'] },
    applies: /^App: the role 'App' holds this policy$/,
  },
  'so is one that the syntax gives a logical id': {
    findings: ['stack-App-1A2B3C', 'Other'],
    owner: '(App)',
    settings: { '*.json': ['Other'] },
    applies: /^stack-App-1A2B3C: the role 'App' holds this policy$/,
  },
  'but not where one policy of the file is named': {
    findings: ['stack-App-1A2B3C', 'Other'],
    owner: '(App)',
    settings: { '*.json#App': ['Other'] },
    applies: /^Other: your setting .* for '\*\.json#App'$/,
  },
  'a line for another policy of the file says nothing of this one': {
    findings: ['stack-App-1A2B3C', 'Other'],
    owner: '(App)',
    settings: { '*.json#Web': ['Other'] },
    applies: /^stack-App-1A2B3C/,
  },
  'a policy can be named by its JSON pointer': {
    findings: ['App', 'Other'],
    settings: { '*.json': ['Other'], '*.json#/PolicyDocument': ['App'] },
    applies: /^App: your setting .* for '\*\.json#\/PolicyDocument'$/,
  },
  'the command line goes before the settings': {
    findings: ['App', 'Other'],
    settings: { '*.json': ['Other'] },
    named: ['App'],
    applies: /^App: as you named$/,
  },
});

table('Rule 2: the syntax tells who holds a policy', {
  'a role': { findings: ['App', 'Other'], owner: 'App', applies: /^App: the role 'App' holds this policy$/ },
  'a user': { findings: ['user/Ann'], owner: 'user/Ann', applies: /^Ann: the user 'Ann' holds this policy$/ },
  'in any case': { findings: ['App'], owner: 'aPP', applies: /^App: the role 'aPP'/ },
  'whatever the file is called': {
    findings: ['App', 'Other'],
    owner: 'App',
    path: '/ws/Other/Other.json',
    applies: /^App: the role/,
  },
  'a role without findings uses everything, whatever the file is called': {
    findings: ['Other', '/ws/plain.json'],
    owner: 'App',
    path: '/ws/Other.json',
    applies: /^nobody: this policy belongs to the role 'App', for which there are no findings$/,
  },
  'a user of the same name is someone else': {
    findings: ['user/App'],
    owner: 'App',
    applies: /^nobody: this policy belongs to the role 'App', for which there are no findings$/,
  },
  'a role beside a user of the same name is clear': {
    findings: ['App', 'user/App'],
    owner: 'App',
    applies: /^App: the role 'App' holds this policy$/,
  },
  'a group has no findings': {
    findings: ['All'],
    owner: 'group/All',
    path: '/ws/All.json',
    applies: /^nobody: this policy belongs to the group 'All'/,
  },
  'a role in two accounts is ambiguous': {
    findings: ['App', `${SECOND}:role/App`],
    owner: 'App',
    applies: /^nobody: 'App' could be any of arn:aws:iam::111111111111:role\/App, arn:aws:iam::222222222222:role\/App$/,
  },
  "a role in two accounts is clear where the path has an account's id": {
    findings: ['App', `${SECOND}:role/App`],
    owner: 'App',
    path: `/ws/${SECOND}/template.json`,
    applies: /^222222222222:App: /,
  },
  'a logical id finds the physical name made of it': {
    findings: ['stack-AppRole-1A2B3C', 'stack-OtherRole-1A2B3C', 'AppRole'],
    owner: '(AppRole)',
    applies: /^stack-AppRole-1A2B3C: the role 'AppRole' holds this policy$/,
  },
  'a logical id finds the physical names of all stacks, which must agree': {
    findings: ['one-AppRole-1A2B3C', `${SECOND}:role/two-AppRole-4D5E6F`],
    owner: '(AppRole)',
    applies: /^one-AppRole-1A2B3C \+ 222222222222:two-AppRole-4D5E6F: the role 'AppRole' holds this policy$/,
  },
  'nobody can tell of which of several templates the name was made': {
    findings: ['stack-AppRole-1A2B3C', 'other-AppRole-4D5E6F'],
    owner: '(AppRole)',
    options: { namesakes: new Map([['approle', ['/ws/orders/template.yaml', '/ws/a.json']]]) },
    applies:
      /^nobody: the role 'AppRole' may be in 'orders\/template.yaml' and 1 more file as well, and nothing tells of which template stack-AppRole-1A2B3C and other-AppRole-4D5E6F were made$/,
  },
  'the user can': {
    findings: ['stack-AppRole-1A2B3C'],
    owner: '(AppRole)',
    options: { namesakes: new Map([['approle', ['/ws/orders/template.yaml']]]) },
    settings: { 'policy.json#AppRole': ['stack-AppRole-1A2B3C'] },
    applies: /^stack-AppRole-1A2B3C: your setting/,
  },
  'a role with a name of its own has no namesakes': {
    findings: ['AppRole'],
    owner: 'AppRole',
    options: { namesakes: new Map([['approle', ['/ws/orders/template.yaml']]]) },
    applies: /^AppRole: the role 'AppRole' holds this policy$/,
  },
  'a logical id is no word of a name that the user gave': {
    findings: ['web-app-server', 'web-App-server2'],
    owner: '(App)',
    applies: /^nobody: this policy belongs to the role 'App'/,
  },
  'capitals and digits are not all that CloudFormation makes up': {
    findings: ['one-AppRole-1A2B3C', 'two-AppRole-jjzoPiu7Imc5', 'three-AppRole-jjzoPiuaImcB'],
    owner: '(AppRole)',
    applies: /^one-AppRole-1A2B3C \+ two-AppRole-jjzoPiu7Imc5 \+ three-AppRole-jjzoPiuaImcB: the role 'AppRole'/,
  },
  'what looks like a word is no physical name on its own': {
    findings: ['web-App-notification', 'web-App-ServiceAdmin', 'web-App-READONLY'],
    owner: '(App)',
    applies: /^nobody: this policy belongs to the role 'App'/,
  },
  "nor is what has an account's id or a date in its name": {
    findings: ['web-App-111111111111', 'web-App-20241120'],
    owner: '(App)',
    applies: /^nobody: this policy belongs to the role 'App'/,
  },
  'nor beside the physical name of a user, or of a role in another account than the path names': {
    findings: ['user/stack-App-1A2B3C', 'stack-App-1A2B3C', `${SECOND}:role/web-App-ServiceAdmin`],
    owner: '(App)',
    path: `/ws/${SECOND}/template.json`,
    applies: /^nobody: this policy belongs to the role 'App'/,
  },
  'where names are too long for IAM, CloudFormation shortens logical ids': {
    findings: [
      'dev-ApiHandlerServiceRoleFCDC14AE-1A2B3C4D5E6F',
      'api-production-eu-west-1-ApiHandlerServiceRoleFCD-1A2B3C4D5E6F7G',
      'api-production-eu-west-1-ApiHandlerServiceRoleXYZ-1A2B3C4D5E6F7G',
      'api-ApiHandlerServiceRoleFCD-1A2B3C4D5E6F7G',
    ],
    owner: '(ApiHandlerServiceRoleFCDC14AE)',
    applies: /^dev-ApiH\w+-1A2B3C4D5E6F \+ api-production-eu-west-1-ApiHandlerServiceRoleFCD-1A2B3C4D5E6F7G: the role/,
  },
  'a role whose name is put together when it is deployed has no name made of its logical id': {
    findings: ['stack-AppRole-1A2B3C'],
    policy: named({ 'Fn::Sub': '${Stage}-app' }),
    path: '/ws/stack-AppRole-1A2B3C.json',
    applies: /^nobody: this policy belongs to the role 'AppRole', for which there are no findings$/,
  },
  "an ARN beside the owner's name tells the account": {
    findings: ['App'],
    policy: described(SECOND),
    applies: /^nobody: this policy belongs to the role 'App', for which there are no findings$/,
  },
  "an ARN beside the owner's name tells accounts apart": {
    findings: ['App', `${SECOND}:role/App`],
    policy: described(SECOND),
    applies: /^222222222222:App: the role 'App' holds this policy$/,
  },
  "an ARN beside the owner's name that is somebody else's tells nothing": {
    findings: ['App'],
    policy: JSON.stringify({ RoleName: 'App', Arn: `arn:aws:lambda:eu-west-1:${SECOND}:function:App`, PolicyDocument }),
    applies: /^App: the role 'App' holds this policy$/,
  },
  "a serverless function's policy is held by the role that is made for it": {
    findings: ['stack-FRole-1A2B3C', 'App'],
    policy: serverless({}),
    path: '/ws/App/template.json',
    applies: /^stack-FRole-1A2B3C: the role 'FRole' holds this policy$/,
  },
  'and by nobody else': {
    findings: ['App'],
    policy: serverless({}),
    path: '/ws/App/template.json',
    applies: /^nobody: this policy belongs to the role 'FRole', for which there are no findings$/,
  },
  "a permission set's policy is held by roles that Identity Center makes, and not by that of the folder": {
    findings: ['App'],
    policy: JSON.stringify({ S: { Type: 'AWS::SSO::PermissionSet', Properties: { InlinePolicy: PolicyDocument } } }),
    path: '/ws/App/template.json',
    applies: /^nobody: this policy belongs to roles that the template does not name literally/,
  },
  "a managed policy that an output hands on is nobody's, whatever the file is called": {
    findings: ['App', '/ws/plain.json'],
    policy: EXPORTED,
    path: '/ws/App.json',
    applies: /^nobody: the output 'Arn' refers to this policy, so that nobody can say who holds it$/,
  },
  'but whose the user says': {
    findings: ['App'],
    policy: EXPORTED,
    settings: { '*.json': ['App'] },
    applies: /^App: your setting .* for '\*\.json'$/,
  },
  'a logical id is no part of a longer one': {
    findings: ['stack-MyAppRole-1A2B3C', 'stack-AppRoleOther-1A2B3C', 'AppRole-1A2B3C', 'user/stack-AppRole-1A2B3C'],
    owner: '(AppRole)',
    applies: /^nobody: this policy belongs to the role 'AppRole'/,
  },
});

table('Rule 3: a file or a folder has the name of a principal', {
  'the file': { findings: ['App'], path: '/ws/App.json', applies: /^App: the file is called 'App.json'$/ },
  'the file up to its first dot': { findings: ['App'], path: '/ws/App.inline.v2.json', applies: /^App: the file/ },
  'the file without -policy': { findings: ['App'], path: '/ws/App-policy.json', applies: /^App: the file/ },
  'the file without _policy': { findings: ['App'], path: '/ws/App_policy.json', applies: /^App: the file/ },
  'the file without -Policy, in any case': {
    findings: ['app'],
    path: '/ws/APP-POLICY.json',
    applies: /^app: the file/,
  },
  'the file with -policy, where a principal is called so': {
    findings: ['App', 'App-policy'],
    path: '/ws/App-policy.json',
    applies: /^App-policy: the file/,
  },
  'the file up to a later dot, where a principal is called so': {
    findings: ['user/ann', 'user/ann.smith'],
    path: '/ws/ann.smith.policy.json',
    applies: /^ann\.smith: the file is called/,
  },
  'the file in any case': { findings: ['App'], path: '/ws/aPP.json', applies: /^App: the file/ },
  'a user': { findings: ['user/Ann'], path: '/ws/ann.json', applies: /^Ann: the file/ },
  'a role with a path': { findings: ['role/team/App'], path: '/ws/App.json', applies: /^App: the file/ },
  'a folder': { findings: ['App'], path: '/ws/App/inline.json', applies: /^App: it lies in the folder 'App'$/ },
  'a folder in any case': { findings: ['App'], path: '/ws/aPP/inline.json', applies: /^App: it lies in/ },
  'a folder further up': { findings: ['App'], path: '/ws/App/a/b/inline.json', applies: /^App: it lies in/ },
  'the nearest folder': {
    findings: ['App', 'Other'],
    path: '/ws/Other/App/inline.json',
    applies: /^App: it lies in the folder 'App'$/,
  },
  'the file before the folder': { findings: ['App', 'Other'], path: '/ws/Other/App.json', applies: /^App: the file/ },
  'no folder above the root': {
    findings: ['App'],
    path: '/home/App/ws/inline.json',
    root: '/home/App/ws',
    applies: /^nobody: no principal matches this policy: the findings are about App, and neither/,
  },
  'not the root itself': { findings: ['ws'], path: '/ws/inline.json', applies: /^nobody: no principal matches/ },
  'no folder of another root that begins alike': {
    findings: ['App'],
    path: '/ws-2/App/inline.json',
    root: '/ws',
    applies: /^nobody: no principal matches/,
  },
  'no folder where the root is unknown': {
    findings: ['App'],
    path: '/ws/App/inline.json',
    root: '',
    applies: /^nobody: no principal matches/,
  },
  'no part of a name': {
    findings: ['App'],
    path: '/ws/AppRole/MyApp.json',
    applies: /^nobody: no principal matches/,
  },
  'a URI will do': {
    findings: ['App'],
    path: 'file:///ws/App/inline.json',
    root: 'file:///ws',
    applies: /^App: it lies in the folder 'App'$/,
  },
  'a role and a user of the same name are ambiguous': {
    findings: ['App', 'user/App'],
    path: '/ws/App.json',
    applies: /^nobody: 'App' could be any of arn:aws:iam::111111111111:role\/App, arn:aws:iam::111111111111:user\/App$/,
  },
  'what is ambiguous stops the search': {
    findings: ['App', 'user/App', 'Other', '/ws/plain.json'],
    path: '/ws/Other/App.json',
    applies: /^nobody: 'App' could be/,
  },
  'two accounts are ambiguous': {
    findings: ['App', `${SECOND}:role/App`],
    path: '/ws/App.json',
    applies: /^nobody: 'App' could be any of/,
  },
  "an account's id in the path pins it": {
    findings: ['App', `${SECOND}:role/App`],
    path: `/ws/${SECOND}/App.json`,
    applies: /^222222222222:App: the file/,
  },
  "an account's id in a folder's name pins it": {
    findings: ['App', `${SECOND}:role/App`],
    path: `/ws/prod-${FIRST}-eu/App/inline.json`,
    applies: /^App: it lies in/,
  },
  "an account's id is no part of a longer number": {
    findings: ['App', `${SECOND}:role/App`],
    path: `/ws/0${SECOND}/App.json`,
    applies: /^nobody: 'App' could be/,
  },
  "an account's id does not tell a role from a user": {
    findings: ['App', 'user/App'],
    path: `/ws/${FIRST}/App.json`,
    applies: /^nobody: 'App' could be/,
  },
  "an account's id in the root's own name pins it": {
    findings: ['App', `${SECOND}:role/App`],
    path: `/home/acc-${SECOND}/App.json`,
    root: `/home/acc-${SECOND}`,
    applies: /^222222222222:App: the file/,
  },
  "an account's id above the root says nothing": {
    findings: ['App'],
    path: `/home/${SECOND}/ws/App.json`,
    applies: /^App: the file/,
    root: `/home/${SECOND}/ws`,
  },
  "an account's id in what the user typed pins it": {
    findings: ['App', `${SECOND}:role/App`],
    path: `/home/${SECOND}/roles/App.json`,
    root: `/home/${SECOND}/roles`,
    typed: `${SECOND}/roles`,
    applies: /^222222222222:App: the file/,
  },
  'the nearest name that has the id of an account counts': {
    findings: ['App'],
    path: `/ws/${FIRST}/${SECOND}/App.json`,
    applies: /^nobody: the findings are about 'App' in the account 111111111111, and the path names another one$/,
  },
  "findings from another account do not apply where the path has an account's id": {
    findings: ['App'],
    path: `/ws/${SECOND}/App.json`,
    applies: /^nobody: /,
  },
});

table('A principal of which only the name is known', {
  'is found by the name of a file': {
    findings: ['name App'],
    path: '/ws/App.json',
    applies: /^App: the file is called 'App.json'$/,
  },
  'and of a folder': { findings: ['name App'], path: '/ws/App/inline.json', applies: /^App: it lies in/ },
  'is taken for the role that the syntax names': { findings: ['name App'], owner: 'App', applies: /^App: the role/ },
  'or for the user': { findings: ['name Ann'], owner: 'user/Ann', applies: /^Ann: the user/ },
  'but for no group': { findings: ['name All'], owner: 'group/All', applies: /^nobody: / },
  'is the one whose ARN is known, and not another one': {
    findings: ['name App', 'App'],
    path: '/ws/App.json',
    applies: /^App: the file/,
  },
  'is not taken for one of an account that the path names': {
    findings: ['name App'],
    path: `/ws/${FIRST}/App.json`,
    applies: /^nobody: the findings about 'App' do not tell its account, and the path names one$/,
  },
  'never applies to a policy that lies near': {
    findings: ['name App'],
    path: '/ws/policy.json',
    applies: /^nobody: no principal matches this policy: the findings are about App/,
  },
});

table('Rule 4: findings that name nobody apply in their folder and below', {
  'beside them': {
    findings: ['/ws/plain.json'],
    path: '/ws/policy.json',
    applies: /^plain: 'plain.json' names no principal$/,
  },
  'below them': { findings: ['/ws/plain.json'], path: '/ws/a/b/policy.json', applies: /^plain: / },
  'not above them': {
    findings: ['/ws/a/plain.json'],
    path: '/ws/policy.json',
    applies: /^nobody: no principal matches this policy: none of the findings is about a role or user/,
  },
  'not in a folder beside theirs': {
    findings: ['/ws/a/plain.json'],
    path: '/ws/ab/policy.json',
    applies: /^nobody: no principal matches/,
  },
  'the nearest go first': {
    findings: ['/ws/far.json', '/ws/a/near.json'],
    path: '/ws/a/b/policy.json',
    applies: /^near: 'near.json' names no principal$/,
  },
  'several equally near must agree': {
    findings: ['/ws/one.json', '/ws/two.json'],
    path: '/ws/policy.json',
    applies: /^one \+ two: 'one.json' and 'two.json' name no principal$/,
  },
  'only where rule 3 finds nobody': {
    findings: ['App', '/ws/plain.json'],
    path: '/ws/App.json',
    applies: /^App: the file/,
  },
  'findings that name someone never apply by closeness alone': {
    findings: ['App'],
    path: '/ws/policy.json',
    applies:
      /^nobody: no principal matches this policy: the findings are about App, and neither its file nor a folder above it has such a name$/,
  },
});

table('Rule 4 on the command line', {
  'findings that name nobody apply wherever they lie': {
    findings: ['/elsewhere/plain.json'],
    options: { anywhere: true },
    applies: /^plain: 'plain.json' names no principal$/,
  },
  'all of them, near or far, must agree': {
    findings: ['/elsewhere/plain.json', '/ws/near.json'],
    options: { anywhere: true },
    applies: /^plain \+ near: 'plain.json' and 'near.json' name no principal$/,
  },
  'also to a policy whose owner has no findings': {
    findings: ['/elsewhere/plain.json', 'Other'],
    owner: 'App',
    options: { anywhere: true },
    applies: /^plain: /,
  },
  'and whose file and folder have the names of others': {
    findings: ['/elsewhere/plain.json', 'Other'],
    owner: 'App',
    path: '/ws/Other/Other.json',
    options: { anywhere: true },
    applies: /^plain: 'plain.json' names no principal$/,
  },
  'or are ambiguous': {
    findings: ['/elsewhere/plain.json', 'Other', 'user/Other'],
    owner: '(AppRole)',
    path: '/ws/Other.json',
    options: { anywhere: true },
    applies: /^plain: /,
  },
  'but not to one whose owner has': {
    findings: ['/elsewhere/plain.json', 'App'],
    owner: 'App',
    options: { anywhere: true },
    applies: /^App: the role/,
  },
  'nor to one whose file has the name of a principal': {
    findings: ['/elsewhere/plain.json', 'App'],
    path: '/ws/App.json',
    options: { anywhere: true },
    applies: /^App: the file/,
  },
  'one policy and findings of one principal are enough': {
    findings: ['App'],
    options: { anywhere: true, alone: true },
    applies: /^App: the findings are about nobody else$/,
  },
  'but not where the path names another account': {
    findings: ['App'],
    path: `/ws/${SECOND}/policy.json`,
    options: { anywhere: true, alone: true },
    applies: /^nobody: the findings are about 'App' in the account 111111111111, and the path names another one$/,
  },
  'one policy among several is not': {
    findings: ['App'],
    options: { anywhere: true },
    applies: /^nobody: no principal matches/,
  },
  'one policy and findings of two principals are not': {
    findings: ['App', 'Other'],
    options: { anywhere: true, alone: true },
    applies: /^nobody: no principal matches this policy: the findings are about 2 principals/,
  },
  'one policy is not where its owner is someone else': {
    findings: ['Other'],
    owner: 'App',
    options: { anywhere: true, alone: true },
    applies: /^nobody: this policy belongs to the role 'App'/,
  },
  'findings that name nobody go before the only principal': {
    findings: ['App', '/elsewhere/plain.json'],
    options: { anywhere: true, alone: true },
    applies: /^plain: /,
  },
});

table('Rule 5: otherwise none apply', {
  'without any findings file': { findings: [], path: '/ws/App.json', applies: /^nobody: no findings file was found$/ },
  'and the reason counts whom the findings are about': {
    findings: ['App', 'Other', 'user/Ann'],
    path: '/ws/policy.json',
    applies: /^nobody: no principal matches this policy: the findings are about 3 principals/,
  },
});

test('Findings that are not ACTIVE still tell whose policy it is, and nothing is unused', () => {
  const arn = `arn:aws:iam::${FIRST}:role/App`;
  const findings = [finding({ s3: ['A'] }, { principal: arn, active: false })];
  const index = new FindingsIndex([{ file: '/ws/f.json', recognised: true, findings, problems: [] }]);
  const match = matchFindings(policyOf(undefined), { path: '/ws/App.json', root: '/ws' }, index);
  assert.equal(match.kind === 'matched' && describeCombined(match.findings), '');
});

test('Principals that share a policy leave unused what all of them do not use', () => {
  const findings = [
    finding({ s3: ['A', 'B'], ec2: 'whole' }, { principal: `arn:aws:iam::${FIRST}:role/App` }),
    finding({ s3: ['B'], ec2: ['C'] }, { principal: `arn:aws:iam::${FIRST}:role/Other` }),
  ];
  const index = new FindingsIndex([{ file: '/ws/f.json', recognised: true, findings, problems: [] }]);
  const match = matchFindings(policyOf(undefined), { path: '/ws/x.json' }, index, { principals: index.principals });
  assert.equal(match.kind === 'matched' && describeCombined(match.findings), 'ec2: c; s3: b');
});

function table(name: string, rows: Readonly<Record<string, Row>>): void {
  describe(name, () => {
    for (const [what, row] of Object.entries(rows)) test(what, () => assert.match(whoseApply(row), row.applies));
  });
}

/** `App + Other: why` or `nobody: why`. */
function whoseApply(row: Row): string {
  const { findings, path = '/ws/policy.json', root = '/ws', typed, owner, options, named = [], settings = {} } = row;
  const document = row.policy === undefined ? policyOf(owner) : onlyPolicy(row.policy);
  const index = indexOf(findings);
  const principals = named.flatMap((name) => index.find(name));
  const place = { path, ...(root !== '' && { root }), ...(typed !== undefined && { typed }) };
  const match = matchFindings(document, place, index, {
    ...options,
    principals,
    mappings: mappingsOf(settings),
  });
  if (match.kind === 'unmatched') return `nobody: ${match.why}`;
  const people = match.principals.map(({ account, name }) =>
    (account ?? FIRST) === FIRST ? name : `${account}:${name}`,
  );
  const files = findings.filter((finding) => finding.startsWith('/') && match.why.includes(`'${baseName(finding)}'`));
  const names = people.length > 0 ? people : files.map((file) => baseName(file).replace('.json', ''));
  return `${names.join(' + ')}: ${match.why}`;
}

function mappingsOf(settings: NonNullable<Row['settings']>): PrincipalMapping[] {
  return Object.entries(settings).map(([key, principals]) => {
    const [, document] = key.split('#');
    return { key, principals, ...(document !== undefined && { document }) };
  });
}

function indexOf(findings: readonly string[]): FindingsIndex {
  return new FindingsIndex(
    findings.map((about, index) => {
      const file = about.startsWith('/') ? about : `/ws/findings-${index}.json`;
      const principal = about.startsWith('/') ? {} : { principal: arnOf(about) };
      return { file, recognised: true, findings: [finding({ s3: ['A'] }, { ...principal, file })], problems: [] };
    }),
  );
}

function arnOf(about: string): string {
  if (about.startsWith('name ')) return about.slice('name '.length);
  const [name = '', account = FIRST] = about.split(':').reverse();
  return `arn:aws:iam::${account}:${name.includes('/') ? name : `role/${name}`}`;
}

function policyOf(owner: string | undefined) {
  const policy = `"PolicyDocument": ${JSON.stringify(PolicyDocument)}`;
  if (owner === undefined) return onlyPolicy(`{${policy}}`);
  const logicalId = /^\((.*)\)$/.exec(owner)?.[1];
  if (logicalId) return onlyPolicy(`{"${logicalId}": {"Type": "AWS::IAM::Role", "Properties": {${policy}}}}`);
  const [name, kind = 'role'] = owner.split('/').reverse();
  const key = { role: 'RoleName', user: 'UserName', group: 'GroupName' }[kind];
  return onlyPolicy(`{"${key}": "${name}", ${policy}}`);
}

/** A template with a role that has this name. */
function named(RoleName: unknown): string {
  return JSON.stringify({
    AppRole: { Type: 'AWS::IAM::Role', Properties: { RoleName, Policies: [{ PolicyDocument }] } },
  });
}

/** A role of an account, as `aws iam get-account-authorization-details` describes it. */
function described(account: string): string {
  const role = { RoleName: 'App', Arn: `arn:aws:iam::${account}:role/App`, RolePolicyList: [{ PolicyDocument }] };
  return JSON.stringify({ RoleDetailList: [role] });
}

/** A template with a serverless function that has a policy. */
function serverless(properties: object): string {
  const Policies = [PolicyDocument];
  return JSON.stringify({ F: { Type: 'AWS::Serverless::Function', Properties: { Policies, ...properties } } });
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
