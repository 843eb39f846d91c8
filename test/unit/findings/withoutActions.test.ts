import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { event, list, recommendation, securityHub } from '../../fixtures/findings/withoutActions.ts';
import { today } from '../../support/catalogues.ts';

// Exports that name no actions are told apart, and answered with the commands that fetch what they lack.

const ANALYZER = 'arn:aws:access-analyzer:eu-central-1:111111111111:analyzer/unused';
const KNOWN = `--analyzer-arn ${ANALYZER} --region eu-central-1`;
const UNKNOWN = "--analyzer-arn '<analyzer-arn>'";
const LIST_ANALYZERS = "aws accessanalyzer list-analyzers --query 'analyzers[].[type, arn]' --output text";

function fetch(options: string, id: string): string {
  return `aws accessanalyzer get-finding-v2 ${options} --id ${id} >> unused-access.findings.json`;
}

/** The commands for a file with these values, one a line. */
function commandsFor(...values: readonly unknown[]): readonly string[] {
  const { problems } = readFindings(values.map((value) => JSON.stringify(value)).join('\n'), 'x.json', today);
  return problems.flatMap(({ commands = [] }) => commands);
}

const FIRST = 'aaaaaaaa-1111-4111-8111-111111111111';
const SECOND = 'aaaaaaaa-2222-4222-8222-222222222222';

describe('The commands fetch', () => {
  const [summary] = list.findings;
  const cases: Readonly<Record<string, [values: readonly unknown[], commands: readonly string[]]>> = {
    "of list-findings-v2 the ACTIVE findings about permissions, with a placeholder for the analyzer's ARN": [
      [list],
      [LIST_ANALYZERS, fetch(UNKNOWN, FIRST), fetch(UNKNOWN, SECOND)],
    ],
    'of its pages all': [
      [{ findings: [list.findings[0]], nextToken: 'x' }, { findings: [list.findings[1]] }],
      [LIST_ANALYZERS, fetch(UNKNOWN, FIRST), fetch(UNKNOWN, SECOND)],
    ],
    'of a list of bare summaries the same': [[list.findings], commandsFor(list)],
    'of an event the finding, by the analyzer that sent it': [[event], [fetch(KNOWN, FIRST)]],
    'of several events each finding once': [
      [event, event, { ...event, detail: { ...event.detail, findingId: SECOND } }],
      [fetch(KNOWN, FIRST), fetch(KNOWN, SECOND)],
    ],
    'of Security Hub the finding, by the analyzer in its id': [[securityHub], [fetch(KNOWN, FIRST)]],
    'of a single finding of Security Hub the same': [[securityHub.Findings[0]], [fetch(KNOWN, FIRST)]],
    'after a recommendation the findings about its role': [
      [recommendation],
      [
        LIST_ANALYZERS,
        `aws accessanalyzer list-findings-v2 ${UNKNOWN} --filter '{"resource": {"eq": ["arn:aws:iam::111111111111:role/team/App"]}}'`,
      ],
    ],
    'nothing that a shell could take for more than an id': [
      [
        {
          findings: ['$(reboot)', 'a b', '`x`', "a'b", '-rf', 'a;b', 'a\nb', '', FIRST].map((id) => ({
            ...summary,
            id,
          })),
        },
      ],
      [LIST_ANALYZERS, fetch(UNKNOWN, FIRST)],
    ],
    'nothing by an analyzer that is none': [
      [{ ...event, resources: [`${ANALYZER};reboot`] }],
      [LIST_ANALYZERS, fetch(UNKNOWN, FIRST)],
    ],
  };
  for (const [name, [values, expected]] of Object.entries(cases))
    test(name, () => assert.deepEqual(commandsFor(...values), expected));

  test('many findings in a loop over their ids', () => {
    const ids = Array.from({ length: 11 }, (_, index) => `id-${index}`);
    assert.deepEqual(commandsFor({ findings: ids.map((id) => ({ ...summary, id })) }), [
      LIST_ANALYZERS,
      `for id in ${ids.join(' ')}; do aws accessanalyzer get-finding-v2 ${UNKNOWN} --id "$id"; done >> unused-access.findings.json`,
    ]);
  });

  test('very many in a loop over what AWS lists', () => {
    const events = Array.from({ length: 1000 }, (_, index) => ({
      ...event,
      detail: { ...event.detail, findingId: `id-${index}` },
    }));
    const [command = '', ...others] = commandsFor(events);
    assert.deepEqual(others, []);
    assert.match(
      command,
      /^for id in \$\(aws accessanalyzer list-findings-v2 --analyzer-arn arn:.* --output text\); do /,
    );
  });
});

describe('Such an export', () => {
  test('is known, and has one problem that says what to run', () => {
    for (const value of [list, [event, event], securityHub, recommendation]) {
      const { recognised, findings, problems } = readFindings(JSON.stringify(value), 'x.json', today);
      assert.deepEqual([recognised, findings, problems.length], [true, [], 1]);
      const [problem] = problems;
      assert.deepEqual([problem?.code, problem?.isNotice], ['findings-without-actions', undefined]);
      assert.match(problem?.message ?? '', /`aws accessanalyzer /);
    }
  });

  test('without any finding worth fetching is sound', () => {
    const { problems } = readFindings(JSON.stringify({ findings: list.findings.slice(2) }), 'x.json', today);
    assert.deepEqual(
      problems.map(({ isNotice, commands }) => [isNotice, commands]),
      [[true, undefined]],
    );
  });

  test('is none of the findings files, and named among those that could not be used', () => {
    const index = new FindingsIndex([readFindings(JSON.stringify(list), 'x.json', today)]);
    assert.deepEqual([index.files.length, index.rejected.length], [0, 1]);
  });

  test('of other products in Security Hub is nobody’s', () => {
    const foreign = { Findings: [{ ...securityHub.Findings[0], ProductFields: { findingId: 'x' } }] };
    assert.equal(readFindings(JSON.stringify(foreign), 'x.json', today).recognised, false);
  });

  test('may stand beside answers that have actions', () => {
    const answer = { id: 'f', findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 's3' } }] };
    const { findings, problems } = readFindings(`${JSON.stringify(list)}\n${JSON.stringify(answer)}`, 'x.json', today);
    assert.deepEqual([findings.length, problems.map(({ code }) => code)], [1, ['findings-without-actions']]);
  });
});
