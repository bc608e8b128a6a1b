/** The five inks of the demo pictures. They are printed one over the other, as in risography. */
export const inkNames = ['ochre', 'rose', 'sage', 'ash', 'ink'] as const

export type Ink = (typeof inkNames)[number]

export type Rgb = readonly [red: number, green: number, blue: number]

export const paper: Rgb = [248, 241, 230]

export const inkColours: Readonly<Record<Ink, Rgb>> = {
  ochre: [226, 168, 78],
  rose: [204, 112, 124],
  sage: [132, 164, 136],
  ash: [172, 166, 162],
  ink: [42, 50, 66],
}

/** How much of each ink lies on a place: 0 is bare paper, 1 is solid. */
export type Tone = Readonly<Partial<Record<Ink, number>>>

/** The colours the pictures are made of, as mixtures of the five inks. */
export const tones = {
  paper: {},
  cream: { ochre: 0.14 },
  wheat: { ochre: 0.5 },
  ochre: { ochre: 1 },
  crust: { ochre: 1, rose: 0.45 },
  toast: { ochre: 0.9, rose: 0.7, ink: 0.18 },
  brown: { ochre: 0.85, rose: 0.7, ink: 0.5 },
  blush: { rose: 0.22, ochre: 0.1 },
  petal: { rose: 0.55 },
  rose: { rose: 1 },
  brick: { rose: 1, ochre: 0.55 },
  plum: { rose: 1, ink: 0.5 },
  mist: { sage: 0.22, ash: 0.1 },
  leaf: { sage: 0.65 },
  sage: { sage: 1 },
  lime: { sage: 0.7, ochre: 0.5 },
  moss: { sage: 1, ochre: 0.5, ink: 0.12 },
  pine: { sage: 1, ink: 0.5 },
  haze: { ash: 0.3 },
  ash: { ash: 0.85 },
  stone: { ash: 0.75, ochre: 0.22 },
  slate: { ash: 0.9, ink: 0.42 },
  dusk: { ink: 0.62, rose: 0.42 },
  night: { ink: 0.92, rose: 0.12 },
  ink: { ink: 1 },
} as const satisfies Record<string, Tone>
