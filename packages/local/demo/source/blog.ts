/** A working group that writes. Its picture is `author-<slug>.webp`. */
export interface Author {
  readonly slug: string
  readonly name: string
  readonly bio: string
}

export interface Tag {
  /** Internal tags begin with `#` in posts and have a slug that begins with `hash-`. */
  readonly slug: string
  readonly name: string
  readonly description: string | null
  readonly isInternal: boolean
  readonly accentColour: string | null
}

export const site = {
  title: 'Rose Ash',
  description: 'A members’ co-operative in a converted mill by the river Skelder.',
}

export const authors: readonly Author[] = [
  {
    slug: 'members-office',
    name: 'Members’ Office',
    bio: 'First floor, Tuesdays from two until six. Keeps the ledger, the minutes and the kettle.',
  },
  {
    slug: 'bakery',
    name: 'The Bakery',
    bio: 'Three of us at night and two by day. We write when the dough is resting, which is why it is short.',
  },
  {
    slug: 'market-garden',
    name: 'Market Garden',
    bio: 'We grow on two and a half acres of river meadow called Far Holme, and run the shop that sells it.',
  },
  {
    slug: 'projection-room',
    name: 'The Projection Room',
    bio: 'Eleven members, sixty-two seats, one of them with a bad spring. We agree about very little except the films.',
  },
  {
    slug: 'workshop',
    name: 'The Workshop',
    bio: 'Repairs on Saturdays, bicycles always. If it can be opened, we would like to open it.',
  },
]

export const tags: readonly Tag[] = [
  {
    slug: 'the-mill',
    name: 'The mill',
    description: 'The building and the river, the meetings and the money.',
    isInternal: false,
    accentColour: '#7d5a63',
  },
  {
    slug: 'bread',
    name: 'Bread',
    description: 'What the night shift makes, how, and what it costs.',
    isInternal: false,
    accentColour: '#b8772f',
  },
  {
    slug: 'garden',
    name: 'Garden',
    description: 'Far Holme through the year: what we sow, what we pick, what the pigeons got.',
    isInternal: false,
    accentColour: '#5d7d61',
  },
  {
    slug: 'shop',
    name: 'Shop',
    description: 'Boxes, sacks, scoops and rounds.',
    isInternal: false,
    accentColour: '#8b6f4e',
  },
  {
    slug: 'cinema',
    name: 'Cinema',
    description: 'Sixty-two seats in the old carding room.',
    isInternal: false,
    accentColour: '#3d4a63',
  },
  {
    slug: 'workshop',
    name: 'Workshop',
    description: 'Repairs, bicycles and the patience for both.',
    isInternal: false,
    accentColour: '#a8504a',
  },
  {
    slug: 'recipes',
    name: 'Recipes',
    description: 'Things to make at home, tried on people who say what they think.',
    isInternal: false,
    accentColour: '#a5656f',
  },
  {
    slug: 'hash-start-here',
    name: '#start-here',
    description: null,
    isInternal: true,
    accentColour: null,
  },
]
