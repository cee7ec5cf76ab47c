/**
 * An identity for an object of a project, always the same for the same name: exporting again changes no id, so that a
 * version control shows only what was changed. FNV-1a over the name with four offsets; version and variant bits as of RFC 9562.
 */
export function guidOf(name: string): string {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map(offset => {
    let hash = offset
    for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
    hash ^= hash >>> 15
    return (Math.imul(hash, 0x2c1b3c6d) >>> 0).toString(16).padStart(8, '0')
  })
  const hex = words.join('')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}}`
}
