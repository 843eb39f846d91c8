import type { ComputedText } from '../computedText.ts';

/** No deployment gives more parameters. */
const MAX_PARAMETERS = 200;

/** `Name=value`, or CloudFormation's `ParameterKey=Name,ParameterValue=value`, in quotes or not. */
const PARAMETER =
  /(?:ParameterKey=(?<key>[\w-]+)\s*,\s*ParameterValue=|(?<name>[\w-]+)=)(?:"(?<quoted>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|(?<plain>[^\s,"']*))/g;

/** Parameters as command lines name them, several in a text or one a text. Those whose value is put in by something else say nothing. */
export function readParameters(texts: readonly string[]): { readonly name: string; readonly text: ComputedText }[] {
  return texts
    .flatMap((text) => [
      ...(isOne(text) ? [quoted(text)] : [text.slice(0, 20_000)]).flatMap((own) => [...own.matchAll(PARAMETER)]),
    ])
    .slice(0, MAX_PARAMETERS)
    .flatMap(({ groups: { key, name, quoted, single, plain } = {} }) => {
      const value = quoted?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '';
      return /[$`{]/.test(value) ? [] : [{ name: key ?? name ?? '', text: [value] }];
    });
}

/** Whether a text that has spaces in it is one parameter all the same. */
function isOne(text: string): boolean {
  return text.length < 1000 && /\s/.test(text) && /^[\w-]+=[^"'=]*$/.test(text);
}

function quoted(text: string): string {
  const equals = text.indexOf('=');
  return `${text.slice(0, equals)}="${text.slice(equals + 1)}"`;
}
