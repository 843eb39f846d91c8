import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** A syntax error of jsonc-parser in words: `ColonExpected` gives `colon expected`. */
export function describeSyntaxError({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
