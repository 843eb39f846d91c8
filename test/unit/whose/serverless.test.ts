import { describe } from 'node:test';
import { tableOf } from '../../support/factsTable.ts';

// The roles that the Serverless Framework makes of a service, and who has the statements that stand there.

const statements = '[{Effect: Allow, Action: s3:A}]';
const shared = 'role at IamRoleLambdaExecution 10240';

const service = (rest: string) => `service: orders\n${rest}`;
const provider = (role: string, more = '') => service(`provider: {name: aws, iam: {role: {${role}}}${more}}\n`);
const withStatements = provider(`statements: ${statements}`);
const ofProvider = "policy /provider/iam/role/statements 'provider' identity 10240";

describe('The role that functions share', () => {
  const table = tableOf('policy', 'role');
  const name = "role IamRoleLambdaExecution 'orders-${sls:stage}-${AWS::Region}-lambdaRole'";
  table('is named after service, stage and region', withStatements, [`${ofProvider} -> ${shared}`, name]);
  table('is written as formerly', service(`provider: {name: aws, iamRoleStatements: ${statements}}`), [
    `policy /provider/iamRoleStatements 'provider' identity 10240 -> ${shared}`,
    name,
  ]);
  table('is given a name', provider(`name: app, statements: ${statements}`), [
    `${ofProvider} -> ${shared}`,
    "role IamRoleLambdaExecution 'app'",
  ]);
  table(
    'is given a name that is put together',
    provider(`name: "\${self:service}-\${sls:stage}-app", statements: ${statements}`),
    [`${ofProvider} -> ${shared}`, "role IamRoleLambdaExecution 'orders-${sls:stage}-app'"],
  );
  table(
    'is another one that is given',
    service(`provider: {name: aws, role: "arn:aws:iam::1:role/x", iamRoleStatements: ${statements}}`),
    ["policy /provider/iamRoleStatements 'provider' identity 10240"],
  );
  table('is of a service that another file names', `provider: {name: aws, iam: {role: {statements: ${statements}}}}`, [
    `${ofProvider} -> ${shared}`,
    "role IamRoleLambdaExecution '*-${sls:stage}-${AWS::Region}-lambdaRole'",
  ]);
  table(
    'may be said more of in a template',
    `${withStatements}resources: {Resources: {IamRoleLambdaExecution: {Type: AWS::IAM::Role, Properties: {RoleName: app}}}}`,
    [`${ofProvider} -> ${shared}`, "role IamRoleLambdaExecution 'app'"],
  );
  table(
    'is meant by its id',
    `${withStatements}resources: {Resources: {P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref IamRoleLambdaExecution], PolicyDocument: {Statement: ${statements}}}}}}`,
    [
      `${ofProvider} -> ${shared}`,
      `policy /resources/Resources/P/Properties/PolicyDocument 'P' identity 10240 -> ${shared}`,
      name,
    ],
  );
  table(
    'has statements that stand elsewhere in the file',
    `${provider('statements: "${self:custom.grants}"')}custom: {grants: ${statements}, others: ${statements}}`,
    [`policy /custom/grants identity any size -> ${shared}`, 'policy /custom/others identity any size loose', name],
  );
});

describe("A function's own role", () => {
  const table = tableOf('policy', 'role');
  const functions = (text: string) => `${service('provider: {name: aws}\n')}functions: {${text}}`;
  const helloRole = 'role at HelloIamRoleLambdaExecution 10240';
  const name = "role HelloIamRoleLambdaExecution 'orders-${sls:stage}-hello-${AWS::Region}-lambdaRole'";
  const sharedName = "role IamRoleLambdaExecution 'orders-${sls:stage}-${AWS::Region}-lambdaRole'";
  table('is named after it', functions(`hello: {iam: {role: {statements: ${statements}}}}`), [
    `policy /functions/hello/iam/role/statements 'hello' identity 10240 -> ${helloRole}`,
    sharedName,
    name,
  ]);
  table('is of the plugin', functions(`hello: {iamRoleStatements: ${statements}}`), [
    `policy /functions/hello/iamRoleStatements 'hello' identity 10240 -> ${helloRole}`,
    sharedName,
    name,
  ]);
  table('is given a name', functions(`hello: {name: x, iam: {role: {name: app, statements: ${statements}}}}`), [
    `policy /functions/hello/iam/role/statements 'hello' identity 10240 -> ${helloRole}`,
    sharedName,
    "role HelloIamRoleLambdaExecution 'app'",
  ]);
  table(
    'is given a name by the plugin',
    functions(`hello: {name: x, iamRoleStatementsName: app, iamRoleStatements: ${statements}}`),
    [
      `policy /functions/hello/iamRoleStatements 'hello' identity 10240 -> ${helloRole}`,
      sharedName,
      "role HelloIamRoleLambdaExecution 'app'",
    ],
  );
  table('has a logical id', functions('get-order_now: {iamRoleStatements: []}'), [
    sharedName,
    "role GetDashorderUnderscorenowIamRoleLambdaExecution 'orders-${sls:stage}-get-order_now-${AWS::Region}-lambdaRole'",
  ]);
  table('may be cut where its name is long', functions('a-function-with-a-very-long-name: {iamRoleStatements: []}'), [
    sharedName,
    "role ADashfunctionDashwithDashaDashveryDashlongDashnameIamRoleLambdaExecution 'orders-${sls:stage}-a-function-with-a-very-long-name-${AWS::Region}*'",
  ]);
  table('is none where another is given', functions(`hello: {role: arn, iamRoleStatements: ${statements}}`), [
    "policy /functions/hello/iamRoleStatements 'hello' identity 10240",
    sharedName,
  ]);
  table('is of a function that stands in another file than the service', `hello: {iamRoleStatements: ${statements}}`, [
    "policy /hello/iamRoleStatements 'hello' identity 10240 -> role '*-hello-*-lambdaRole' 10240",
  ]);
  table(
    'is of a function that stands elsewhere, and has a name',
    `hello: {iamRoleStatementsName: app, iamRoleStatements: ${statements}}`,
    ["policy /hello/iamRoleStatements 'hello' identity 10240 -> role 'app' 10240"],
  );
  table(
    'is of a function of which part is merged',
    `x: &x {timeout: 1}\n${functions(`hello: {<<: *x, iamRoleStatements: ${statements}}`)}`,
    [
      "policy /functions/hello/iamRoleStatements 'hello' identity 10240 -> role '*-hello-*-lambdaRole' 10240",
      sharedName,
    ],
  );
});

describe("The provider's statements", () => {
  const table = tableOf('policy');
  const own = `iamRoleStatements: ${statements}`;
  const unknown = 'unknown: functions with roles of their own may inherit these statements';
  const a = "policy /functions/a/iamRoleStatements 'a' identity 10240 -> role at AIamRoleLambdaExecution 10240";
  const both = `${ofProvider} -> ${shared}, role at AIamRoleLambdaExecution 10240`;
  const plugin = 'plugins: [other, serverless-iam-roles-per-function]\n';
  table('are of the shared role alone', `${withStatements}functions: {a: {${own}}}`, [`${ofProvider} -> ${shared}`, a]);
  table(
    'are inherited by a function',
    `${withStatements}functions: {a: {iam: {inheritStatements: true, role: {statements: ${statements}}}}}`,
    [both, a.replace('iamRoleStatements', 'iam/role/statements')],
  );
  table(
    'are inherited as the plugin has it',
    `${withStatements}functions: {a: {${own}, iamRoleStatementsInherit: true}}`,
    [both, a],
  );
  table(
    'are inherited by all',
    `${withStatements}custom: {serverless-iam-roles-per-function: {defaultInherit: true}}\nfunctions: {a: {${own}}}`,
    [both, a],
  );
  table(
    'are inherited by all but one',
    `${withStatements}custom: {serverless-iam-roles-per-function: {defaultInherit: true}}\nfunctions: {a: {${own}, iamRoleStatementsInherit: false}}`,
    [`${ofProvider} -> ${shared}`, a],
  );
  table(
    'are inherited where a variable says whether they are',
    `${withStatements}functions: {a: {${own}, iamRoleStatementsInherit: "\${self:x}"}}`,
    [both, a],
  );
  table(
    'are inherited by a function that has a role for its managed policies',
    `${withStatements}functions: {a: {iam: {inheritStatements: true, role: {managedPolicies: [x]}}}}`,
    [both],
  );
  table(
    'are not inherited by a function without a role of its own',
    `${withStatements}functions: {a: {iamRoleStatementsInherit: true}}`,
    [`${ofProvider} -> ${shared}`],
  );
  const perFunction = provider(`mode: perFunction, statements: ${statements}`);
  table(
    'are those of each function',
    `${perFunction}functions: {a: {handler: x}, b: {iam: {inheritStatements: false}}}`,
    [`${ofProvider} -> role at AIamRoleLambdaExecution 10240`],
  );
  table('are those of each function, also elsewhere', `${perFunction}functions: "\${file(functions.yml)}"`, [
    `${ofProvider} -> ${unknown}`,
  ]);
  table(
    'may be inherited by functions in other files',
    `${plugin}${withStatements}functions: "\${file(functions.yml)}"`,
    [`${ofProvider} -> ${shared}, ${unknown}`],
  );
  table(
    'may be inherited by some functions',
    `${plugin}${withStatements}functions: ["\${file(functions.yml)}", {a: {handler: x}}]`,
    [`${ofProvider} -> ${shared}, ${unknown}`],
  );
  table('may be inherited by one function', `${plugin}${withStatements}functions: {a: "\${file(a.yml)}"}`, [
    `${ofProvider} -> ${shared}, ${unknown}`,
  ]);
  table(
    'may be inherited where the framework gives roles itself',
    `frameworkVersion: '4'\n${withStatements}functions: {a: "\${file(a.yml)}"}`,
    [`${ofProvider} -> ${shared}, ${unknown}`],
  );
  table('are not without the plugin', `plugins: [other]\n${withStatements}functions: "\${file(functions.yml)}"`, [
    `${ofProvider} -> ${shared}`,
  ]);
  table(
    "may be inherited where the plugin's settings stand elsewhere",
    `${plugin}${withStatements}custom: "\${file(custom.yml)}"\nfunctions: {a: {${own}}}`,
    [both, a],
  );
  table(
    'may be inherited by a merged function',
    `${withStatements}x: &x {iamRoleStatementsInherit: true}\nfunctions: {b: {<<: *x, handler: x}}`,
    [`${ofProvider} -> ${shared}, ${unknown}`],
  );
  table('are not where nothing says so', `${withStatements}x: &x {timeout: 1}\nfunctions: {b: {<<: *x, handler: x}}`, [
    `${ofProvider} -> ${shared}`,
  ]);
});

describe('Managed policies', () => {
  const table = tableOf('edge', 'named', 'aws');
  const managed = `resources: {Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: ${statements}}}}}}\n`;
  table(
    'of the shared role',
    `${provider('managedPolicies: [!Ref P, "arn:aws:iam::1:policy/Mine", "arn:aws:iam::aws:policy/A"]')}${managed}`,
    [
      'edge P arn -> role at IamRoleLambdaExecution',
      "named 'Mine' -> role at IamRoleLambdaExecution",
      'aws A -> role at IamRoleLambdaExecution',
    ],
  );
  table(
    'of the shared role, as formerly',
    `${service('provider: {name: aws, iamManagedPolicies: [!Ref P]}\n')}${managed}`,
    ['edge P arn -> role at IamRoleLambdaExecution'],
  );
  table(
    'of each function',
    `${provider('mode: perFunction, managedPolicies: [!Ref P]')}${managed}functions: {a: {handler: x}, b: {handler: x}}`,
    ['edge P arn -> role at AIamRoleLambdaExecution', 'edge P arn -> role at BIamRoleLambdaExecution'],
  );
  table(
    'of each function, also elsewhere',
    `${provider('mode: perFunction, managedPolicies: [!Ref P]')}${managed}functions: {a: "\${file(a.yml)}"}`,
    ['edge P arn -> any unknown: functions that stand elsewhere have this policy'],
  );
  table(
    'of a function',
    `${service('provider: {name: aws}\n')}${managed}functions: {a: {iam: {role: {managedPolicies: [!Ref P]}}}}`,
    ['edge P arn -> role at AIamRoleLambdaExecution'],
  );
});

describe('Variables', () => {
  const table = tableOf('value', 'deployment');
  const of = (text: string) => service(`provider: {name: aws, ${text}}\n`);
  const stack = "deployment here 'orders-*' (its service is deployed as the stack 'orders-*')";
  const role = "value IamRoleLambdaExecution 'orders-${sls:stage}-${AWS::Region}-lambdaRole'";
  table('of a stage that nobody says', of(''), [
    role,

    stack,
  ]);
  table('of a stage and a region', of('stage: prod, region: eu-west-1'), [
    role,
    "value sls:stage 'prod' default",
    "value AWS::Region 'eu-west-1' default",
    stack,
  ]);
  table('of a stage that an option gives', of('stage: "${opt:stage, \'test\'}"'), [
    role,
    "value sls:stage 'test' default",

    stack,
  ]);
  table('of a stage that stands elsewhere in the file', `${of('stage: "${self:custom.stage}"')}custom: {stage: qa}`, [
    role,
    "value sls:stage 'qa' default",

    stack,
  ]);
  table(
    'of a stage that refers to itself',
    `${of('stage: "${self:custom.stage}"')}custom: {stage: "\${self:provider.stage}"}`,
    [role, stack],
  );
  table('with defaults', of('iam: {role: {name: "app-${opt:team, \'core\'}"}}'), [
    "value IamRoleLambdaExecution 'app-${opt:team}'",

    "value opt:team 'core' default",
    stack,
  ]);
  table("of the stack's name", of('stackName: "x-${sls:stage}"'), [
    role,

    "deployment here 'x-${sls:stage}' (its service is deployed as the stack 'x-*')",
  ]);
});
