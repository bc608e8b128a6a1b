import Handlebars from 'handlebars'
import { describe, expect, it } from 'vitest'
import { createTemplateLibrary } from './template-library.ts'

function render(sources: Readonly<Record<string, string>>, data: object): string | undefined {
  const handlebars = Handlebars.create()
  handlebars.registerHelper({
    site: (name: string) => `https://${name}.example/?a&b`,
    count: (value: readonly unknown[]) => value.length,
  })
  const library = createTemplateLibrary(handlebars, new Map(Object.entries(sources)), ['site'])
  return library.find('page')?.(data)
}

describe('a template', () => {
  it('that is not there is none', () => {
    expect(render({}, {})).toBeUndefined()
  })

  it('has partials in it, which see what their caller sees', () => {
    const sources = {
      page: '<ul>{{#each list}}{{> item}}{{else}}{{> none}}{{/each}}</ul>',
      'partials/item': '<li>{{@index}} {{name}}{{> mark}}</li>',
      'partials/none': '<li>None of {{of}}</li>',
      'partials/mark': '{{#if isNew}}!{{/if}}',
    }
    const list = [
      { name: 'Rye & oats', isNew: true },
      { name: 'Spelt', isNew: false },
    ]
    expect(render(sources, { list, of: 'all' })).toBe(
      '<ul><li>0 Rye &amp; oats!</li><li>1 Spelt</li></ul>',
    )
    expect(render(sources, { list: [], of: 'all' })).toBe('<ul><li>None of all</li></ul>')
  })

  it('gives partials words, things and another place to look from', () => {
    const sources = {
      page: '{{> icon name="a<b"}}{{> greet who=name}}{{> greet friend}}{{> greet who="you"}}',
      'partials/icon': '<svg>{{site "icons"}}#{{name}}</svg>',
      'partials/greet': '{{#if who}}Hello {{who}}.{{/if}}',
    }
    expect(render(sources, { name: 'Ada', friend: { who: 'Bo' } })).toBe(
      '<svg>https://icons.example/?a&amp;b#a&lt;b</svg>Hello Ada.Hello Bo.Hello you.',
    )
  })

  it('gives partials words that stand in blocks, and words beside things', () => {
    const sources = {
      page: '{{#each faces}}{{> face class="large"}}{{/each}}{{> tags tags=tags label="About"}}',
      'partials/face':
        '{{#if url}}<img class="{{class}}" src="{{url}}">{{else}}<b class="{{class}}">{{/if}}',
      'partials/tags': '{{#if tags.length}}{{label}}: {{#each tags}}{{label}} {{/each}}{{/if}}',
    }
    const data = { faces: [{ url: '/a' }, { url: null }], tags: [{ label: 'x' }, { label: 'y' }] }
    expect(render(sources, data)).toBe('<img class="large" src="/a"><b class="large">About: x y ')
  })

  it('lets partials ask for words, also from inside a list', () => {
    const sources = {
      page: '{{> ask word="yes"}}{{> list word="in" }}',
      'partials/ask': '{{#if word}}{{word}}{{/if}}',
      'partials/list': '{{#each list}}{{../word}}{{this}}{{/each}}',
    }
    expect(render(sources, { list: [1, 2] })).toBe('yesin1in2')
  })

  it('may stand in a frame', () => {
    const sources = {
      page: '{{#> frame title="Mails"}}{{> mark}}{{> greet who=name}}{{/frame}}',
      'partials/frame': '<h1>{{title}}</h1>{{> @partial-block}}{{> mark}}',
      'partials/mark': '*',
      'partials/greet': 'Hello {{who}}.{{#if who}}{{/if}}',
    }
    expect(render(sources, { name: 'Ada' })).toBe('<h1>Mails</h1>*Hello Ada.*')
  })

  it('may have a partial that stands in itself, or in one that stands in it', () => {
    const sources = {
      page: '{{> answers}}',
      'partials/answers': '<ul>{{#each answers}}<li>{{> answer}}</li>{{/each}}</ul>',
      'partials/answer': '{{text}}{{#if answers}}{{> answers}}{{/if}}',
    }
    const answers = [
      { text: 'a', answers: [{ text: 'b', answers: [] }] },
      { text: 'c', answers: [] },
    ]
    expect(render(sources, { answers })).toBe('<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>')
    expect(render({ ...sources, page: '{{> answer}}' }, { text: 'x', answers })).toBe(
      'x<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    )
  })

  it('still tells what its data lacks, and which partial there is not', () => {
    expect(() => render({ page: '{{> item}}', 'partials/item': '{{name}}' }, {})).toThrow('"name"')
    expect(() => render({ page: '{{> item}}' }, {})).toThrow('item')
  })

  it('asks a helper each time whose answer is not always the same', () => {
    expect(render({ page: '{{count list}} {{site name}}' }, { list: [1], name: 'x' })).toBe(
      '1 https://x.example/?a&amp;b',
    )
  })
})
