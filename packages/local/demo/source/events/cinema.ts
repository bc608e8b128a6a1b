import { friday, monday, saturday, thursday } from './entry.ts'
import type { EntrySource } from './entry.ts'
import type { Film } from './films.ts'
import { matinees, mondayFilms, thursdayFilms } from './films.ts'

const firstWeek = -4

const room = 'The cinema, first floor, Low Mill'

interface Slot {
  readonly weekday: number
  readonly time: string
  readonly pricePence: number
  readonly note: string
  readonly relatedPostSlugs: readonly string[]
}

const thursdaySlot: Slot = {
  weekday: thursday,
  time: '19:30',
  pricePence: 650,
  note: 'Subtitled, like every film on a Thursday.',
  relatedPostSlugs: ['a-small-cinemas-rules-for-itself'],
}

const matineeSlot: Slot = {
  weekday: saturday,
  time: '14:00',
  pricePence: 400,
  note: 'Nobody is told to hush. The projection booth is open for half an hour afterwards.',
  relatedPostSlugs: ['how-the-projector-came-back', 'a-small-cinemas-rules-for-itself'],
}

const mondaySlot: Slot = {
  weekday: monday,
  time: '19:30',
  pricePence: 0,
  note: 'Subtitled. There is a jar at the door and nobody looks.',
  relatedPostSlugs: ['what-the-september-meeting-decided', 'a-small-cinemas-rules-for-itself'],
}

function screening(film: Film, index: number, slot: Slot): EntrySource {
  const image = imageOf(film, slot)
  const onFilm = film.isOnFilm === true ? ' Shown *on film*, from 35 mm.' : ''
  return {
    title: film.title,
    week: firstWeek + index,
    weekday: slot.weekday,
    time: slot.time,
    durationMinutes: film.minutes + 10,
    summary: film.summary,
    description: [film.description, `${film.year}, ${film.minutes} minutes.${onFilm}`, slot.note],
    location: room,
    pricePence: slot.pricePence,
    capacity: 61,
    ...(image === undefined ? {} : { image }),
    relatedPostSlugs:
      film.isOnFilm === true
        ? ['how-the-projector-came-back', ...slot.relatedPostSlugs.slice(-1)]
        : slot.relatedPostSlugs,
  }
}

function imageOf(film: Film, slot: Slot): EntrySource['image'] {
  if (film.isOnFilm === true) {
    return ['2025/10/projector', 'A film projector throws a golden beam over rows of seats.']
  }
  if (slot === thursdaySlot) {
    return ['2026/06/cinema-front', 'The cinema door at night under a lit canopy.']
  }
  return undefined
}

export const cinemaEntries: readonly EntrySource[] = [
  ...thursdayFilms.map((film, index) => screening(film, index, thursdaySlot)),
  ...matinees.map((film, index) => screening(film, index, matineeSlot)),
  ...mondayFilms.map((film, index) => screening(film, index, mondaySlot)),
  {
    title: 'The General, with piano',
    week: 1,
    weekday: friday,
    time: '19:30',
    durationMinutes: 120,
    summary: 'A man, a locomotive and the girl he left behind, in that order.',
    description: [
      'Again, because so many of you could not get in. 1926, 79 minutes, with soup before it and the chapel piano throughout.',
      'The pianist has by now seen it once. She says it makes no difference.',
    ],
    location: room,
    pricePence: 900,
    capacity: 61,
    image: ['2026/10/silent-piano', 'An upright piano below a cinema screen with a full moon.'],
    relatedPostSlugs: ['a-borrowed-piano'],
  },
  {
    title: 'All night: five films and breakfast',
    week: 4,
    weekday: friday,
    time: '22:00',
    durationMinutes: 570,
    summary: 'From ten at night until the bakers bring up the first rolls.',
    description: [
      'Five films, chosen from the slip box, in an order that nobody has been told. Blankets, soup at one, a walk to the river at four if it is dry.',
      'Breakfast at half past seven is in the price. Sleeping is allowed and is indeed hard to prevent.',
    ],
    location: room,
    pricePence: 1500,
    capacity: 40,
    image: ['2026/11/lantern-yard', 'Lanterns over the mill yard at dusk.'],
    relatedPostSlugs: ['a-small-cinemas-rules-for-itself', 'night-bake'],
  },
]
