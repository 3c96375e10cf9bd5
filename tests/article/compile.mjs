// The article as a blog would read it: compile.mjs ARTICLE, from a folder with node_modules.
// Prints the front matter, headings, links and tables as JSON; what MDX refuses is an error with its place.
import { readFile } from 'node:fs/promises'
import { compile, evaluate } from '@mdx-js/mdx'
import * as runtime from './runtime.mjs'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import { parse } from 'yaml'

const path = process.argv[2]
const seen = { headings: [], links: [], tables: [], code: [] }

const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join('')

function gather() {
  const visit = (node) => {
    if (node.type === 'yaml') seen.matter = parse(node.value)
    if (node.type === 'heading') seen.headings.push([node.depth, textOf(node)])
    if (node.type === 'link' || node.type === 'image') seen.links.push([node.url, node.position.start.line])
    if (node.type === 'table') seen.tables.push(node.children.map((row) => row.children.map(textOf)))
    if (node.type === 'code') seen.code.push([node.lang, node.value])
    for (const child of node.children ?? []) visit(child)
  }
  return visit
}

try {
  const source = await readFile(path, 'utf8')
  await compile(source, { remarkPlugins: [remarkFrontmatter, remarkGfm, gather] })
  const page = await evaluate(source, { ...runtime, remarkPlugins: [remarkFrontmatter, remarkGfm] })
  seen.words = runtime.text(page.default({})).split(/\s+/).filter((word) => /\w/.test(word)).length
  console.log(JSON.stringify(seen))
} catch (error) {
  console.error(`${path}:${error.line ?? 0}:${error.column ?? 0}: ${error.reason ?? error.message}`)
  process.exit(1)
}
