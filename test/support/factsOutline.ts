import type { ComputedText } from '../../server/src/service/whose/computedText.ts';
import type {
  Amount,
  End,
  FileFacts,
  HolderName,
  HolderReference,
  InventoryFact,
  PolicyFact,
  Taker,
} from '../../server/src/service/whose/facts.ts';

/**
 * A file's facts, a line each:
 *
 *     policy /Resources/App/Properties/Policies/0/PolicyDocument 'App' identity 10240 -> role at App
 *     role App 'orders-${Stage}'
 *     edge Shared arn -> role at App
 *     named 'Shared' -> role at Other
 *
 * @param sections which of them, by the first words of their lines; all where none is given
 */
export function factsOutline(facts: FileFacts, sections: readonly string[] = []): string[] {
  const lines = [
    ...(facts.unread === undefined ? [] : [`unread ${facts.unread}`]),
    ...facts.policies.map(policy),
    ...facts.holders.map(({ kind, address, name, amount, arn, condition, isMention }) =>
      words(kind, address, nameOf(name), amountOf(amount), arn, condition && `if ${condition}`, isMention && 'mention'),
    ),
    ...facts.edges.map(({ of, gives, to }) => `edge ${of} ${gives} -> ${taker(to)}`),
    ...facts.managedNames.map(({ address, name }) => `managed ${address} ${nameOf(name)}`),
    ...facts.namedUses.map(({ name, account, isExport, to }) =>
      words(isExport ? 'import' : 'named', quoted(name), account, '->', taker(to)),
    ),
    ...facts.awsManaged.map(({ holder, policy: of }) => `aws ${of} -> ${reference(holder)}`),
    ...facts.values.map(({ ref, text, isDefault }) => words('value', ref, quoted(text), isDefault && 'default')),
    ...facts.calls.map(({ address, label, target, arguments: given, amount, accounts, stackName }) =>
      words(
        'call',
        address,
        `(${label})`,
        target && quoted(target),
        ...given.map(({ name, text }) => `${name}=${quoted(text)}`),
        amountOf(amount),
        accounts && `in ${accounts.join(' ')}`,
        stackName && `as ${quoted(stackName)}`,
      ),
    ),
    ...facts.includes.map(({ path, to }) => `include ${quoted(path)} -> ${taker(to)}`),
    ...facts.deployments.map(({ of, stack, account, isSeveral, why }) =>
      words(
        'deployment',
        typeof of === 'string' ? of : 'here',
        stack && quoted(stack),
        account,
        isSeveral && 'several',
        `(${why})`,
      ),
    ),
    ...facts.inventory.flatMap(inventory),
  ];
  return sections.length === 0
    ? lines
    : lines.filter((line) => sections.some((section) => line.startsWith(`${section} `)));
}

function policy({ pointer, name, address, kind, quota, takers, isLoose, leftAlone }: PolicyFact): string {
  return words(
    'policy',
    pointer || '(the file)',
    name && `'${name}'`,
    address && `at ${address}`,
    kind,
    Number.isFinite(quota) ? String(quota) : 'any size',
    isLoose && 'loose',
    leftAlone && `left alone: ${leftAlone}`,
    ...(takers.length > 0 ? ['->', takers.map(taker).join(', ')] : []),
  );
}

function taker({ takes, by, merges }: Taker): string {
  return words(takes === 'document' || by.kind === 'holder' ? undefined : takes, merges && 'merged', end(by));
}

function end(by: End): string {
  switch (by.kind) {
    case 'holder':
      return words(reference(by.holder), by.quota === 6144 ? undefined : String(by.quota));
    case 'address':
      return by.address;
    case 'output':
      return `output ${by.name}`;
    case 'export':
      return `export ${quoted(by.name)}`;
    case 'argument':
      return `argument ${by.name} of ${by.call}`;
    default:
      return `${by.kind}: ${by.why}`;
  }
}

function reference(holder: HolderReference): string {
  if ('address' in holder) return `${holder.kind} at ${holder.address}`;
  return words(holder.kind, nameOf(holder.name), holder.arn);
}

function nameOf(name: HolderName): string {
  if ('text' in name) return quoted(name.text);
  if ('logicalId' in name) return `made of ${name.logicalId}`;
  return name.unknown === true ? '?' : `? (${name.unknown})`;
}

function amountOf(amount: Amount): string | undefined {
  if (amount === 'one') return undefined;
  return typeof amount === 'string' ? amount : `each of ${amount.join(' ')}`;
}

function inventory(fact: InventoryFact): string[] {
  switch (fact.kind) {
    case 'stack':
      return [
        words(
          'stack',
          fact.stack,
          fact.account,
          ...fact.resources.map(({ logicalId, physicalId }) => `${logicalId}=${physicalId}`),
        ),
      ];
    case 'state':
      return [words('state', ...fact.resources.map(({ address, arn }) => `${address}=${arn}`))];
    default:
      return [
        words('account', fact.account, fact.lists.join('+'), fact.isWhole ? 'whole' : 'in part'),
        ...fact.principals.map(({ arn, created, policies, groups }) =>
          words(
            'exists',
            arn,
            created,
            policies && `has ${policies.join(' ') || 'no policies'}`,
            groups && `in ${groups.join(' ')}`,
          ),
        ),
      ];
  }
}

/** A text with its holes: `orders-${Stage}`; `*` for one of which nothing is known. */
function quoted(text: ComputedText): string {
  return `'${text.map((part) => (typeof part === 'string' ? part : part.ref === undefined ? '*' : `\${${part.ref}}`)).join('')}'`;
}

function words(...parts: readonly (string | false | undefined | true)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '' && part !== true).join(' ');
}
