/** The programme, three films a week: Thursday, Saturday matinée, Monday. */
export interface Film {
  readonly title: string
  readonly year: number
  readonly minutes: number
  readonly summary: string
  readonly description: string
  readonly isOnFilm?: boolean
}

export const thursdayFilms: readonly Film[] = [
  {
    title: 'Tokyo Story',
    year: 1953,
    minutes: 136,
    summary: 'Two old people go to see their grown children, who are busy.',
    description: 'Nothing is raised, least of all a voice. Most people ring somebody afterwards.',
  },
  {
    title: 'Kes',
    year: 1969,
    minutes: 111,
    summary: 'A boy, a kestrel, and a school that has no use for either.',
    description:
      'Filmed thirty miles from here with people who lived there. There was a long debate about whether it needs subtitles. It has them; it is Thursday.',
  },
  {
    title: 'Bicycle Thieves',
    year: 1948,
    minutes: 89,
    summary: 'A man needs his bicycle to work, and somebody has taken it.',
    description:
      'Chosen by the Workshop, who will be in the foyer beforehand, marking frames for free.',
    isOnFilm: true,
  },
  {
    title: 'Brief Encounter',
    year: 1945,
    minutes: 86,
    summary: 'A railway buffet, a piece of grit, two people who are married to others.',
    description:
      'Shot at night on a northern station while there was still a war on. Buns in the interval are of the period.',
  },
  {
    title: 'Babette’s Feast',
    year: 1987,
    minutes: 103,
    summary: 'A stranger cooks dinner for a village that has resolved not to enjoy it.',
    description: 'The Bakery serves soup first. There is no turtle in it.',
  },
  {
    title: 'The Gleaners and I',
    year: 2000,
    minutes: 82,
    summary: 'A film-maker goes looking for people who live on what others leave behind.',
    description:
      'Heart-shaped potatoes, a clock with no hands, and the best argument for a swap table that we know.',
  },
  {
    title: 'I Know Where I’m Going!',
    year: 1945,
    minutes: 91,
    summary: 'She knows exactly where she is going, but the boat cannot sail.',
    description:
      'Wind, whirlpools, a castle, a telephone box beside a waterfall. Some of us have seen it eleven times.',
    isOnFilm: true,
  },
  {
    title: 'Playtime',
    year: 1967,
    minutes: 124,
    summary: 'A man has an appointment in a city made of glass.',
    description:
      'Nearly no story and something funny in each corner of the picture. Sit near the front, and come again.',
  },
  {
    title: 'The Third Man',
    year: 1949,
    minutes: 104,
    summary: 'A writer comes to a broken city to see a friend, in time for the funeral.',
    description: 'Zither, cobbles, sewers, a cat. The best entrance in any film, about an hour in.',
  },
  {
    title: 'A Matter of Life and Death',
    year: 1946,
    minutes: 104,
    summary: 'An airman should have died in the fog, and somebody has to explain this upstairs.',
    description:
      'Heaven is in black and white. They were short of colour stock and made a virtue of it.',
  },
]

export const matinees: readonly Film[] = [
  {
    title: 'The Red Balloon',
    year: 1956,
    minutes: 35,
    summary: 'A boy, a balloon that follows him, and some other boys.',
    description:
      'With two more short films about things that float. Everyone may bring a balloon, on a string.',
  },
  {
    title: 'My Neighbour Totoro',
    year: 1988,
    minutes: 86,
    summary: 'Two sisters move to the country and find out who lives in the tree.',
    description: 'Dubbed, for those who cannot read yet. Umbrellas welcome. The bus is a cat.',
  },
  {
    title: 'The Titfield Thunderbolt',
    year: 1953,
    minutes: 84,
    summary: 'A village takes over its own railway, and the bus company does not like it.',
    description: 'An instructional film about co-operatives, with a steam engine.',
  },
  {
    title: 'A Town Called Panic',
    year: 2009,
    minutes: 75,
    summary:
      'Cowboy, Indian and Horse share a house. They order fifty bricks and get fifty million.',
    description: 'The shop asks that nobody mention oats.',
  },
  {
    title: 'Song of the Sea',
    year: 2014,
    minutes: 93,
    summary: 'A boy finds out why his small sister does not speak, and why she loves the water.',
    description: 'Drawn by hand, every leaf. Some quiet sad parts and a very large dog.',
  },
  {
    title: 'Modern Times',
    year: 1936,
    minutes: 87,
    summary: 'A man, a factory, a feeding machine.',
    description:
      'Shown in a room where people once tended forty spindles each. The small ones laugh at the feeding machine; their grandparents laugh at the foreman.',
    isOnFilm: true,
  },
  {
    title: 'Paddington',
    year: 2014,
    minutes: 95,
    summary: 'A bear arrives at a railway station with a label round his neck.',
    description: 'There will be marmalade sandwiches, and a bucket and cloths.',
  },
  {
    title: 'The Adventures of Prince Achmed',
    year: 1926,
    minutes: 65,
    summary: 'A prince, a flying horse, a witch, all cut out of black card.',
    description:
      'The oldest animated feature that still exists. Paper and scissors in the foyer from one.',
  },
  {
    title: 'Spirited Away',
    year: 2001,
    minutes: 125,
    summary: 'A girl takes a job in a bath house for gods, to get her parents back.',
    description: 'For eight and over, or for younger ones who are fond of soot.',
  },
  {
    title: 'Singin’ in the Rain',
    year: 1952,
    minutes: 103,
    summary: 'The pictures learn to talk, and some of the stars should not.',
    description: 'Sing if you like. Please do not dance on the seats, and never on C4.',
  },
]

export const mondayFilms: readonly Film[] = [
  {
    title: 'Whisky Galore!',
    year: 1949,
    minutes: 82,
    summary: 'An island, a wreck, fifty thousand cases, one man with scruples.',
    description: 'Pay what you like. Tea is free as well, in the spirit of the thing.',
  },
  {
    title: 'Local Hero',
    year: 1983,
    minutes: 111,
    summary: 'An oil man comes to buy a bay, and keeps looking at the sky.',
    description:
      'Pay what you like. There is a telephone box in this one, too; the Projection Room has a theory.',
  },
  {
    title: 'High Noon',
    year: 1952,
    minutes: 85,
    summary: 'A train is coming, and nobody will stand beside the marshal.',
    description:
      'You asked for a western, eleven times. Pay what you like. It runs almost exactly as long as the story does.',
    isOnFilm: true,
  },
  {
    title: 'Passport to Pimlico',
    year: 1949,
    minutes: 84,
    summary: 'A few streets find out that they are another country.',
    description: 'Pay what you like, in any currency.',
  },
  {
    title: 'Some Like It Hot',
    year: 1959,
    minutes: 121,
    summary: 'Two musicians see something they should not, and join another band.',
    description: 'Pay what you like. Nobody’s perfect.',
  },
  {
    title: 'Great Expectations',
    year: 1946,
    minutes: 118,
    summary: 'A marsh, a file, a pie, and a house where the clocks have stopped.',
    description: 'Pay what you like. The opening has made grown members hold hands with strangers.',
  },
  {
    title: 'Pride',
    year: 2014,
    minutes: 120,
    summary: 'A bucket is passed round in one place for people on strike in quite another.',
    description: 'Pay what you like; there is a bucket. It goes to the hardship shelf.',
  },
  {
    title: 'Sunrise',
    year: 1927,
    minutes: 94,
    summary: 'A farmer, his wife, a tram to the city and a storm on the way home.',
    description:
      'Pay what you like. With the chapel piano, and the pianist has again not asked what happens.',
    isOnFilm: true,
  },
  {
    title: 'Night Mail, and other short films about work',
    year: 1936,
    minutes: 80,
    summary: 'A train full of letters, a herring fleet, a pottery, a night in a bakery.',
    description:
      'Pay what you like. The last of them was made here by the youth group and lasts four minutes.',
  },
  {
    title: 'Man with a Movie Camera',
    year: 1929,
    minutes: 68,
    summary: 'A day in a city, with everything a camera can do.',
    description:
      'Pay what you like. Live sound by the Workshop: a sewing machine, a lathe, two bicycles.',
  },
]
