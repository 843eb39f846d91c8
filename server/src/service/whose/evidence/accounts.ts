/** The account's id in an ARN, or an address such as `aws://111122223333/eu-west-1`; `undefined` where there is none. */
export function accountIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^(?:arn:[\w-]+:[\w-]+:[\w-]*:|aws:\/\/)(\d{12})(?:[:/]|$)/.exec(text)?.[1];
}
