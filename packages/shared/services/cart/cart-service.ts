import type { CartService } from '../../contracts/cart.ts'
import type { ServiceDependencies } from '../registry.ts'

export function createCartService(_dependencies: ServiceDependencies, _others: object): CartService {
  throw new Error('not written yet')
}
