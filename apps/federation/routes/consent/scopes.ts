/** What each scope means for the member, in words. */
const scopeTexts: Readonly<Record<string, string>> = {
  openid: 'know that it is the same person each time you come',
  profile: 'see your name, and your public profile if you have one',
  email: 'see your email address',
  offline_access: 'stay signed in while you are away, until you take it back',
}

/** The sentences of the consent page, in the order of the table. */
export function describeScopes(scopes: readonly string[], isLasting: boolean): readonly string[] {
  const asked = new Set(isLasting ? [...scopes, 'offline_access'] : scopes)
  return Object.entries(scopeTexts)
    .filter(([scope]) => asked.has(scope))
    .map(([, text]) => text)
}
