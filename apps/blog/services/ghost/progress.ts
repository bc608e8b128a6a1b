export type ImportPhase = 'reading' | 'media' | 'tags' | 'authors' | 'posts'

/** `processed` of `total`: bytes while reading, files, tags, authors or posts after that. */
export interface ImportProgress {
  readonly phase: ImportPhase
  readonly processed: number
  readonly total: number
}
