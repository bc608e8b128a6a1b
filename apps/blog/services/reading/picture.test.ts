import { expect, test } from 'vitest'
import { showPicture } from './picture.ts'

const known = {
  path: '/content/images/2026/11/quay.jpg',
  alt: null,
  width: 1400,
  placeholder: null,
}

test('a picture is offered in every width that is smaller than it is, and as it is', () => {
  expect(showPicture(known)).toEqual({
    src: '/content/images/2026/11/quay.jpg',
    alt: '',
    srcset:
      '/content/images/size/w600/2026/11/quay.jpg 600w, /content/images/size/w1000/2026/11/quay.jpg 1000w, /content/images/2026/11/quay.jpg 1400w',
    blur: null,
  })
})

test.each([
  ['of unknown width', { ...known, width: null }],
  ['as narrow as the smallest copy', { ...known, width: 600 }],
  ['that scales by itself', { ...known, path: '/content/images/mark.svg' }],
  ['of another site', { ...known, path: 'https://example.org/quay.jpg' }],
  ['of which Ghost kept the original', { ...known, path: '/content/images/quay_o.jpg' }],
])('a picture %s has no copies', (_, picture) => {
  expect(showPicture(picture).srcset).toBeNull()
})

test.each(['/content/images/old quay, north.jpg', '/content/images/old%20quay,%20north.jpg'])(
  'what separates copies from each other is escaped in %s',
  (path) => {
    expect(showPicture({ ...known, path, width: 700 }).srcset).toBe(
      '/content/images/size/w600/old%20quay%2C%20north.jpg 600w, /content/images/old%20quay%2C%20north.jpg 700w',
    )
  },
)
