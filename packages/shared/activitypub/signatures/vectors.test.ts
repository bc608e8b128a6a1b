import { expect, test } from 'vitest'
import { isSignedWith, readPublicKey, readSignature } from './signatures.ts'
import { readVectors, received } from './test-signatures.ts'

interface CavageVectors {
  readonly key: { readonly publicPem: string }
  readonly request: {
    readonly method: string
    readonly target: string
    readonly headers: Record<string, string>
    readonly body: string
  }
  readonly cases: readonly {
    readonly name: string
    readonly headers: string | null
    readonly signingString: string
    readonly signature: string
  }[]
}

test('the vectors of both specifications are there together, or neither is', () => {
  const found = ['cavage-12-appendix-c', 'rfc9421-appendix-b'].map(
    (name) => readVectors(name).length,
  )
  expect(found[0]).toBe(found[1])
})

for (const { key, request, cases } of readVectors<CavageVectors>('cavage-12-appendix-c')) {
  test.each(cases)('draft-cavage $name', ({ headers, signingString, signature }) => {
    const names = headers === null ? '' : `,headers="${headers}"`
    const sent = received(
      { ...request, url: `https://example.com${request.target}` },
      Object.entries({
        ...request.headers,
        signature: `keyId="Test",algorithm="rsa-sha256"${names},signature="${signature}"`,
      }),
    )
    const then = new Date('2014-01-05T21:31:40Z')
    // What covers too little, is old, or of a short key is refused though it is right.
    if (headers?.includes('digest'))
      expect(readSignature(sent, then)).toMatchObject({ base: signingString })
    else expect(() => readSignature(sent, then)).toThrow('does not cover')
    expect(() => readSignature(sent, new Date())).toThrow()
    expect(readPublicKey(key.publicPem)).toBeUndefined()
  })
}

interface Rfc9421Vectors {
  readonly keys: Readonly<Record<string, { readonly publicPem?: string }>>
  readonly testRequest: {
    readonly startLine: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string
  }
  readonly cases: readonly {
    readonly name: string
    readonly message: string
    readonly keyid: string
    readonly signatureInput: string
    readonly signatureBase: string
    readonly signature: string
  }[]
}

for (const { keys, testRequest, cases } of readVectors<Rfc9421Vectors>('rfc9421-appendix-b')) {
  const requests = cases.filter(({ message }) => message === 'request')
  test.each(requests)('RFC 9421 $name', ({ keyid, signatureInput, signatureBase, signature }) => {
    const [method = '', target = ''] = testRequest.startLine.split(' ')
    const sent = received({ method, url: `https://example.com${target}`, body: testRequest.body }, [
      ...testRequest.headers,
      ['signature-input', signatureInput],
      ['signature', signature],
    ])
    const then = new Date('2021-04-20T02:10:00Z')
    // Only one of them covers all that makes the request what it is.
    if (signatureInput.includes('"@query"') && signatureInput.includes('"content-digest"')) {
      const claimed = readSignature(sent, then)
      expect(claimed.base).toBe(signatureBase)
      const pss = { ...claimed, algorithm: 'rsa-pss-sha512' as const }
      expect(isSignedWith(pss, keys[keyid]?.publicPem ?? '')).toBe(true)
    } else {
      expect(() => readSignature(sent, then)).toThrow()
    }
    expect(() => readSignature(sent, new Date())).toThrow()
  })
}
