/**
 * What GitHub's own parser finds wrong in a file.
 * @param kind whether it is an `action.yml` or a workflow
 */
export async function problemsOf(kind: 'action' | 'workflow', content: string): Promise<string[]> {
  // This package can be imported only in this way where modules are CommonJS.
  const { parseWorkflow, NoOperationTraceWriter } = await import('@actions/workflow-parser');
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
  const parse = kind === 'action' ? parseAction : parseWorkflow;
  const { context, value } = parse({ name: `${kind}.yml`, content }, new NoOperationTraceWriter());
  return value ? context.errors.getErrors().map(({ message }) => message) : ['there is nothing in it'];
}
