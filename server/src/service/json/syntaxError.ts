import { type ParseError, printParseErrorCode, visit } from 'jsonc-parser';

/** A syntax error of jsonc-parser in words: `ColonExpected` gives `colon expected`. */
export function describeSyntaxError({ error }: Pick<ParseError, 'error'>): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

/** The first syntax error of a text that is to be JSON without comments, and nests no deeper than `MAX_DEPTH`. */
export function findSyntaxError(text: string): Pick<ParseError, 'error' | 'offset'> | undefined {
  try {
    const stop = (error: number, offset: number) => {
      throw new Stop(error, offset);
    };
    visit(text, { onError: stop }, { disallowComments: true });
  } catch (stopped) {
    if (stopped instanceof Stop) return stopped;
    throw stopped;
  }
  return undefined;
}

/** The parser goes on behind an error, through a text that may be large; throwing is the way to stop it. */
class Stop {
  readonly error: number;
  readonly offset: number;

  constructor(error: number, offset: number) {
    this.error = error;
    this.offset = offset;
  }
}
