import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'

/** Undefined when the source has none, and when it was kept under another SECRET_KEY: adding the site again makes one. */
export function findWebhookSecret(
  secrets: StoredSecrets,
  { sealedWebhookSecret: sealed }: { readonly sealedWebhookSecret: string | null },
): string | undefined {
  return sealed === null ? undefined : secrets.open(sealed)
}
