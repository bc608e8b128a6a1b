import type { FederationService } from '../../contracts/federation.ts'
import type { ServiceDependencies } from '../registry.ts'

export function createFederationService(_dependencies: ServiceDependencies): FederationService {
  throw new Error('not written yet')
}
