import type { DemoAccountsFile, DemoNavigationItem } from '../shapes.ts'

function avatar(name: string, alt: string): DemoAccountsFile['accounts'][number]['avatar'] {
  return { file: `accounts/images/${name}.webp`, alt, width: 240, height: 240 }
}

function page(label: string, pageSlug: string): DemoNavigationItem {
  return { label, target: { kind: 'page', pageSlug }, children: [] }
}

export const accounts: DemoAccountsFile = {
  accounts: [
    {
      username: 'editor',
      email: 'editor@rose-ash.example',
      displayName: 'Editor’s desk',
      summary:
        'Looks after these pages for the Members’ Office: reads everything twice and takes out the exclamation marks.',
      role: 'admin',
      avatar: avatar('editor', 'A small mill with two lit windows and a pencil across it.'),
      newsletterSlugs: ['friday-letter', 'meeting-papers', 'bakers-notes'],
    },
    {
      username: 'member',
      email: 'member@rose-ash.example',
      displayName: 'A member',
      summary:
        'One share, one vote, a large veg box on Thursdays. Usually in row D with a thermos.',
      role: 'member',
      avatar: avatar('member', 'Three stems of pink willowherb.'),
      newsletterSlugs: ['friday-letter', 'meeting-papers'],
    },
    {
      username: 'saturday',
      email: 'saturday@rose-ash.example',
      displayName: 'Saturday helper',
      summary:
        'Holds the torch in the repair workshop and the ladder on apple day. Ask me about toasters.',
      role: 'member',
      avatar: avatar('saturday', 'A red apple on a green ground.'),
      newsletterSlugs: ['bakers-notes'],
    },
  ],
  newsletters: [
    {
      slug: 'friday-letter',
      name: 'The Friday letter',
      description: 'What is in the boxes, on the screen and on the bench. Every Friday, one page.',
      sortOrder: 0,
    },
    {
      slug: 'meeting-papers',
      name: 'Meeting papers',
      description:
        'Motions, accounts and what was decided, three weeks before and two days after each general meeting.',
      sortOrder: 1,
    },
    {
      slug: 'bakers-notes',
      name: 'Baker’s notes',
      description:
        'A recipe and something that went wrong. When the night shift has time to write.',
      sortOrder: 2,
    },
  ],
  navigation: [
    {
      label: 'Blog',
      target: { kind: 'app', app: 'blog', path: '/' },
      children: [
        { label: 'Bread', target: { kind: 'app', app: 'blog', path: '/tag/bread/' }, children: [] },
        {
          label: 'Garden',
          target: { kind: 'app', app: 'blog', path: '/tag/garden/' },
          children: [],
        },
        {
          label: 'Recipes',
          target: { kind: 'app', app: 'blog', path: '/tag/recipes/' },
          children: [],
        },
        page('Do it yourself', 'do-it-yourself'),
        {
          label: 'The mill',
          target: { kind: 'app', app: 'blog', path: '/tag/the-mill/' },
          children: [],
        },
      ],
    },
    page('The shop', 'shop'),
    page('What’s on', 'whats-on'),
    {
      label: 'About',
      target: { kind: 'page', pageSlug: 'about' },
      children: [page('Visit us', 'visit'), page('Our rules', 'rules')],
    },
    page('Join', 'join'),
  ],
}
