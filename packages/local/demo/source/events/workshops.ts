import { saturday, sunday, thursday, tuesday, wednesday } from './entry.ts'
import type { EntrySource } from './entry.ts'

const bench = 'The Workshop, first floor, Low Mill'
const bakery = 'The Bakery, ground floor, Low Mill'
const longRoom = 'The long room, second floor, Low Mill'

const repairBench = [
  '2026/01/repair-bench',
  'A toaster opened up on a bench under a lamp.',
] as const

/** Every Saturday from ten until two. */
const repairSaturdays: readonly EntrySource[] = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((week) => ({
  title: 'Repair Saturday',
  week,
  weekday: saturday,
  time: '10:00',
  durationMinutes: 240,
  summary: 'Bring what is broken, stay while it is opened, hold the torch.',
  description: [
    'Lamps, zips, toasters, bicycles, clocks, radios. No booking: take a number at the top of the stairs.',
    'Nothing is owed. There is a jar. For anything wider than 90 centimetres, ask first. Microwaves we do not open.',
  ],
  location: bench,
  image: repairBench,
  relatedPostSlugs: ['a-repair-is-a-conversation'],
}))

const breadClass: EntrySource = {
  title: 'From starter to loaf',
  week: 0,
  weekday: sunday,
  time: '10:00',
  durationMinutes: 300,
  summary: 'A day in the bakery while it rests: mix, fold, shape, bake, and take home a jar.',
  description: [
    'For people who have killed a starter, and for people who have never met one. You go home with a loaf, a dough for tomorrow and a jar of the crock from 2017.',
    'Lunch is what we baked. Two places are kept at any price; ask at the till.',
  ],
  location: bakery,
  pricePence: 3800,
  capacity: 8,
  image: ['2025/11/starter', 'A large jar of bubbling starter by a window.'],
  relatedPostSlugs: ['how-to-keep-a-starter-alive', 'why-the-mill-loaf-costs-four-twenty'],
}

const wheelEvening: EntrySource = {
  title: 'Wheel evening',
  week: -1,
  weekday: tuesday,
  time: '18:30',
  durationMinutes: 150,
  summary: 'True a wobbling wheel, your own or one of ours.',
  description: [
    'Eight stands, eight spoke keys, two people who have done it before. Bring the wheel without the bicycle if you can.',
    'A quarter of a turn at a time. You will hear that sentence often.',
  ],
  location: bench,
  pricePence: 600,
  capacity: 8,
  image: ['2026/08/truing-wheel', 'A spoked wheel in a truing stand.'],
  relatedPostSlugs: ['how-to-true-a-wheel'],
}

export const workshopEntries: readonly EntrySource[] = [
  ...repairSaturdays,
  { ...breadClass, week: -3 },
  breadClass,
  { ...breadClass, week: 3 },
  wheelEvening,
  { ...wheelEvening, week: 3 },
  {
    title: 'Sharpening: knives, scissors, a spade',
    week: -2,
    weekday: wednesday,
    time: '18:30',
    durationMinutes: 120,
    summary: 'A stone, some water, an angle, and why the angle matters more than the stone.',
    description: [
      'Bring up to three things, wrapped in a towel. One of them should be a bad one.',
      'We also show how to keep an edge, which is chiefly a matter of what you cut on.',
    ],
    location: longRoom,
    pricePence: 500,
    capacity: 10,
    relatedPostSlugs: ['a-repair-is-a-conversation'],
  },
  {
    title: 'Darning you can see from across the room',
    week: 0,
    weekday: wednesday,
    time: '18:30',
    durationMinutes: 120,
    summary: 'Mend a jumper in a colour that admits it.',
    description: [
      'Wool, needles and mushrooms are here; bring the hole. There is wool from the last bale that was spun in this building, as long as it lasts.',
    ],
    location: longRoom,
    pricePence: 500,
    capacity: 14,
    relatedPostSlugs: ['where-the-name-comes-from'],
  },
  {
    title: 'Chutney for a crowd',
    week: 1,
    weekday: sunday,
    time: '11:00',
    durationMinutes: 210,
    summary: 'Three big pans, whatever there is too much of, and four jars to take home.',
    description: [
      'Chopping, stirring, waiting for the road across the bottom of the pan. What goes in is decided on Thursday, when we see what is left.',
      'It will not be fit to eat for two months. Bring patience and an apron.',
    ],
    location: bakery,
    pricePence: 1200,
    capacity: 12,
    image: ['2026/07/courgettes', 'A heap of courgettes with orange flowers.'],
    relatedPostSlugs: ['too-many-courgettes'],
  },
  {
    title: 'Thread a projector',
    week: 2,
    weekday: wednesday,
    time: '18:30',
    durationMinutes: 120,
    summary: 'Four people, one 35 mm machine, eighteen metres of film that nobody needs.',
    description: [
      'The loop above the gate, the loop below it, what happens if you forget either. You may not touch the lamp.',
      'Whoever has done this and one more evening may join the projection rota.',
    ],
    location: 'The projection booth, first floor, Low Mill',
    pricePence: 800,
    capacity: 4,
    image: ['2025/10/projector', 'A film projector throws a golden beam over rows of seats.'],
    relatedPostSlugs: ['how-the-projector-came-back'],
  },
  {
    title: 'Print your own seed packets',
    week: 2,
    weekday: sunday,
    time: '13:00',
    durationMinutes: 180,
    summary: 'Lino, ink and the old proofing press, with the bookbinder from the third floor.',
    description: [
      'Cut one block, print thirty envelopes. For ages nine and up; under twelve with somebody who holds the other end.',
    ],
    location: longRoom,
    pricePence: 1000,
    capacity: 12,
    relatedPostSlugs: ['a-sowing-calendar-for-a-cold-valley'],
  },
  {
    title: 'How not to electrocute yourself',
    week: 1,
    weekday: thursday,
    time: '18:00',
    durationMinutes: 90,
    summary: 'Compulsory for fixers, and open to anybody who owns a screwdriver.',
    description: [
      'What is live when it is off. What bites when it is unplugged. When to stop. There is a demonstration with a gherkin.',
    ],
    location: bench,
    capacity: 20,
    image: repairBench,
    relatedPostSlugs: ['a-repair-is-a-conversation'],
  },
  {
    title: 'A balance sheet in an hour',
    week: 4,
    weekday: tuesday,
    time: '18:30',
    durationMinutes: 60,
    summary: 'Read ours, line by line, with beans.',
    description: [
      'What we own, what we owe, and what the difference is for. No arithmetic is asked of anyone. Good before an annual meeting.',
    ],
    location: 'Members’ Office, first floor, Low Mill',
    capacity: 16,
    image: ['2026/01/ledger-jars', 'Jars filled to different heights above an open ledger.'],
    relatedPostSlugs: ['the-year-in-plain-numbers'],
  },
  {
    title: 'Ride the long bike',
    week: 5,
    weekday: sunday,
    time: '14:00',
    durationMinutes: 120,
    summary:
      'Try the cargo bikes, empty first, then with a load of potatoes, then with a passenger.',
    description: [
      'In the yard and along the river path. After it you may borrow one for an afternoon, free for members.',
    ],
    location: 'The yard, Low Mill',
    capacity: 10,
    image: ['2026/03/cargo-round', 'A red cargo bicycle loaded with bread and vegetables.'],
    relatedPostSlugs: ['what-a-delivery-costs'],
  },
]
