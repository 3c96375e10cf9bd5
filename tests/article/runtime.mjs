// The least that a compiled page needs to be rendered: elements are plain objects, text() is what a reader reads.
// Code blocks do not count as words.
export const Fragment = Symbol('fragment')
export const jsx = (type, props) => ({ type, props })
export const jsxs = jsx

export function text(node) {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (Array.isArray(node)) return node.map(text).join('')
  if (typeof node !== 'object') return String(node)
  if (typeof node.type === 'function') return text(node.type(node.props))
  if (node.type === 'pre') return ' '
  const inner = text(node.props.children)
  return ['p', 'li', 'td', 'th', 'h2', 'h3', 'tr'].includes(node.type) ? ` ${inner} ` : inner
}
