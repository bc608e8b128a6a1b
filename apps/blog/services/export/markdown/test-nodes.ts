import type { LexicalNode } from '../../documents/lexical.ts'

function text(words: string, format = 0): LexicalNode {
  return { type: 'extended-text', text: words, format }
}

function paragraph(...children: readonly LexicalNode[]): LexicalNode {
  return { type: 'paragraph', children }
}

const link: LexicalNode = {
  type: 'link',
  url: 'https://example.org/a(b)',
  children: [text('here')],
}
const item = (...children: readonly LexicalNode[]): LexicalNode => ({ type: 'listitem', children })
const list = (listType: string, ...children: readonly LexicalNode[]): LexicalNode => ({
  type: 'list',
  listType,
  start: 1,
  children,
})

/** For tests: every node of Ghost's editor with what becomes of it. */
export const nodes: readonly (readonly [string, readonly LexicalNode[], string])[] = [
  ['a paragraph', [paragraph(text('Hello '), text('there', 1), text('!'))], 'Hello **there**!'],
  [
    'marks',
    [paragraph(text('a', 2), text(' '), text('b', 4), text(' '), text('c', 8))],
    '*a* ~~b~~ <u>c</u>',
  ],
  [
    'marks in words',
    [paragraph(text('un'), text('believ', 1), text('able'))],
    'un<strong>believ</strong>able',
  ],
  ['marks in marks', [paragraph(text('a ', 1), text('b', 3), text(' c', 1))], '**a *b* c**'],
  [
    'a highlight and small letters',
    [paragraph(text('a', 128), text(' H'), text('2', 32), text('O'))],
    '<mark>a</mark> H<sub>2</sub>O',
  ],
  ['code', [paragraph(text('`x`', 16))], '`` `x` ``'],
  ['a link', [paragraph(text('See!'), link)], 'See\\![here](<https://example.org/a(b)>)'],
  ['a line break', [paragraph(text('a'), { type: 'linebreak' }, text('b'))], 'a\\\nb'],
  ['an empty paragraph', [paragraph(), paragraph(text('a'))], 'a'],
  ['a heading', [{ type: 'extended-heading', tag: 'h3', children: [text('Of #')] }], '### Of \\#'],
  [
    'a quote',
    [{ type: 'extended-quote', children: [text('a'), { type: 'linebreak' }, text('b')] }],
    '> a\\\n> b',
  ],
  ['an aside', [{ type: 'aside', children: [text('a')] }], '> a'],
  [
    'lists in lists',
    [
      list(
        'bullet',
        item(text('a')),
        item(list('number', item(text('b')), item(text('c')))),
        item(text('d')),
      ),
    ],
    '- a\n  1. b\n  2. c\n- d',
  ],
  [
    'lists side by side',
    [list('bullet', item(text('a'))), list('bullet', item(text('b')))],
    '- a\n\n* b',
  ],
  ['a list that begins later', [{ ...list('number', item(text('a'))), start: 7 }], '7. a'],
  ['a line', [{ type: 'horizontalrule' }], '---'],
  ['the paywall', [{ type: 'paywall' }], '<!--members-only-->'],
  [
    'a picture',
    [
      {
        type: 'image',
        src: '/content/images/a b.png',
        alt: 'A [mill]',
        title: 'Old',
        caption: '<b>Mill</b>',
        href: '/mill/',
      },
    ],
    '[![A \\[mill\\]](</content/images/a b.png> "Old")](/mill/)\n\n<figcaption><b>Mill</b></figcaption>',
  ],
  [
    'a gallery',
    [{ type: 'gallery', images: [{ src: '/1.png', alt: 'One' }, { src: '/2.png' }], caption: '' }],
    '![One](/1.png)\n![](/2.png)',
  ],
  [
    'a film',
    [{ type: 'video', src: '/a.mp4', width: 4, height: 3, caption: 'C' }],
    '<figure>\n<video src="/a.mp4" width="4" height="3" controls></video>\n<figcaption>C</figcaption>\n</figure>',
  ],
  [
    'a sound',
    [{ type: 'audio', src: '/a.mp3', title: '1. Song' }],
    '1\\. Song\n\n<figure>\n<audio src="/a.mp3" controls></audio>\n</figure>',
  ],
  [
    'a file',
    [
      {
        type: 'file',
        src: '/a.pdf',
        fileTitle: 'Accounts',
        fileName: 'a.pdf',
        fileCaption: '- new',
      },
    ],
    '[Accounts](/a.pdf)\\\n\\- new · a.pdf',
  ],
  ['Markdown', [{ type: 'markdown', markdown: '* a\n' }], '* a'],
  ['HTML', [{ type: 'html', html: 'a *b*\n\n<i>c</i>' }], '<div>\na *b*\n<i>c</i>\n</div>'],
  [
    'HTML in which lines count',
    [{ type: 'html', html: '<div><pre>a\n\nb</pre></div>' }],
    '<div><pre>a\n&#10;b</pre></div>',
  ],
  [
    'HTML for some',
    [
      {
        type: 'html',
        html: '<p>a</p>',
        visibility: { web: { nonMember: false, memberSegment: 'status:-free' } },
      },
    ],
    '<!-- only for members: status:-free -->\n\n<p>a</p>',
  ],
  [
    'code with its language',
    [{ type: 'codeblock', code: '```\nx', language: 'ts', caption: 'C' }],
    '````ts\n```\nx\n````\n\n<figcaption>C</figcaption>',
  ],
  [
    'a callout',
    [{ type: 'callout', calloutEmoji: '💡', calloutText: '<b>a</b>' }],
    '<aside>💡 <b>a</b></aside>',
  ],
  [
    'a toggle',
    [{ type: 'toggle', heading: 'H', content: '<p>a</p>' }],
    '<details>\n<summary>H</summary>\n<p>a</p>\n</details>',
  ],
  ['a button', [{ type: 'button', buttonText: 'Go [on]', buttonUrl: '/a/' }], '[Go \\[on\\]](/a/)'],
  [
    'a bookmark',
    [
      {
        type: 'bookmark',
        url: 'https://example.org/',
        metadata: { title: 'T', description: '# D', author: 'A', publisher: 'P' },
        caption: 'C',
      },
    ],
    '> [T](https://example.org/)\\\n> \\# D\\\n> A, P\n\n<figcaption>C</figcaption>',
  ],
  [
    'an embed',
    [
      {
        type: 'embed',
        url: 'https://example.org/v',
        html: '<iframe src="https://example.org/v"></iframe>',
        metadata: { title: 'V' },
      },
    ],
    '<iframe src="https://example.org/v"></iframe>\n\n[V](https://example.org/v)',
  ],
  [
    'a header',
    [
      {
        type: 'header',
        header: 'H',
        subheader: 'S',
        buttonEnabled: true,
        buttonText: 'B',
        buttonUrl: '/b/',
      },
    ],
    '<section>\n<h2>H</h2>\n<p>S</p>\n<p><a href="/b/">B</a></p>\n</section>',
  ],
  [
    'a product',
    [
      {
        type: 'product',
        productTitle: 'T',
        productDescription: '<p>D</p>',
        productRatingEnabled: true,
        productStarRating: 3,
      },
    ],
    '<section>\n<h4>T</h4>\n<p>★★★</p>\n<p>D</p>\n</section>',
  ],
  [
    'a call to action',
    [
      {
        type: 'call-to-action',
        textValue: '<p>a</p>',
        showButton: true,
        buttonText: 'B',
        buttonUrl: '/b/',
        hasSponsorLabel: true,
        sponsorLabel: '<p>AD</p>',
      },
    ],
    '<section>\n<p>AD</p>\n<p>a</p>\n<p><a href="/b/">B</a></p>\n</section>',
  ],
  [
    'a sign-up form',
    [{ type: 'signup', header: 'H', subheader: '', disclaimer: 'D' }],
    '<!-- a form to become a member stands here -->\n\n<section>\n<h2>H</h2>\n<p>D</p>\n</section>',
  ],
  [
    'words for mails',
    [{ type: 'email', html: '<p>a</p>' }],
    '<!-- only in the newsletter -->\n\n<p>a</p>',
  ],
  [
    'an offer in mails',
    [{ type: 'email-cta', html: '<p>a</p>', segment: 'status:free' }],
    '<!-- only in the newsletter: status:free -->\n\n<section>\n<p>a</p>\n</section>',
  ],
  ['a podcast', [{ type: 'transistor' }], '<!-- a player of Transistor stands here -->'],
  [
    'what is not known',
    [{ type: 'mystery', children: [paragraph(text('a'))] }],
    '<!-- part of a kind that is not known here: mystery -->\n\na',
  ],
]
