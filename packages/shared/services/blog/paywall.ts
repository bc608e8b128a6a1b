/** The rule is a contract, so that apps may use it too: see contracts/paywall.ts. */
export { anonymousReader, canRead, type PostReader, visibleHtml } from '../../contracts/paywall.ts'
