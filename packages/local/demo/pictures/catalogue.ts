import type { Random } from './random.ts'
import { loafCut, nightBake, starter } from './scenes/baking.ts'
import { cinemaFront, projectorBeam } from './scenes/cinema.ts'
import { beanVote, ledgerJars } from './scenes/counting.ts'
import { millCutaway } from './scenes/cutaway.ts'
import { lanternYard, silentPiano } from './scenes/evenings.ts'
import { seedSwap, seedTrays, winterBeds } from './scenes/garden.ts'
import { chairs, meeting } from './scenes/hall.ts'
import { appleDay, courgettes } from './scenes/harvest.ts'
import { cake, parkin, soup } from './scenes/kitchen.ts'
import { flood, millAndRiver, willowherbYard } from './scenes/mill.ts'
import { cargoRound, winterRound } from './scenes/rounds.ts'
import { oatSacks, sackSplit, shopShelves, vegBox } from './scenes/shop.ts'
import { roof, valleyMap, waterScrewScene } from './scenes/valley.ts'
import { openGate, teaTable } from './scenes/welcome.ts'
import { repairBench, truingWheel } from './scenes/workshop.ts'
import type { Shape } from './shape.ts'

/** A picture of the blog, 1600 by 1000. */
export interface Scene {
  /** Path below `blog/content/images`, without `.webp`. The seed, too. */
  readonly path: string
  readonly draw: (random: Random) => Shape[]
}

export const scenes: readonly Scene[] = [
  { path: '2025/09/meeting', draw: meeting },
  { path: '2025/10/oat-sacks', draw: oatSacks },
  { path: '2025/10/projector', draw: projectorBeam },
  { path: '2025/11/starter', draw: starter },
  { path: '2025/12/winter-beds', draw: winterBeds },
  { path: '2026/01/ledger-jars', draw: ledgerJars },
  { path: '2026/01/repair-bench', draw: repairBench },
  { path: '2026/02/flood', draw: flood },
  { path: '2026/03/seed-trays', draw: seedTrays },
  { path: '2026/03/cargo-round', draw: cargoRound },
  { path: '2026/04/loaf-cut', draw: loafCut },
  { path: '2026/05/water-screw', draw: waterScrewScene },
  { path: '2026/05/sack-split', draw: sackSplit },
  { path: '2026/06/cinema-front', draw: cinemaFront },
  { path: '2026/06/bean-vote', draw: beanVote },
  { path: '2026/07/willowherb', draw: willowherbYard },
  { path: '2026/07/courgettes', draw: courgettes },
  { path: '2026/08/truing-wheel', draw: truingWheel },
  { path: '2026/08/night-bake', draw: nightBake },
  { path: '2026/09/roof', draw: roof },
  { path: '2026/09/cake', draw: cake },
  { path: '2026/10/apple-day', draw: appleDay },
  { path: '2026/10/silent-piano', draw: silentPiano },
  { path: '2026/11/parkin', draw: parkin },
  { path: '2026/11/winter-round', draw: winterRound },
  { path: '2026/11/mill-cutaway', draw: millCutaway },
  { path: '2026/11/mill-and-river', draw: millAndRiver },
  { path: '2026/11/open-gate', draw: openGate },
  { path: '2026/11/valley-map', draw: valleyMap },
  { path: '2026/11/tea-table', draw: teaTable },
  { path: '2026/11/shop-shelves', draw: shopShelves },
  { path: '2026/11/lantern-yard', draw: lanternYard },
  { path: '2026/11/veg-box', draw: vegBox },
  { path: '2026/11/soup', draw: soup },
  { path: '2026/11/seed-swap', draw: seedSwap },
  { path: '2026/11/chairs', draw: chairs },
]
