/** The first letter of a name, whole in any script: with its accents, or an emoji with all its parts. */
export function initialOf(name: string): string {
  return /\p{RGI_Emoji}|[\p{L}\p{N}\p{S}\p{P}]\p{M}*/v.exec(name)?.[0] ?? ''
}
