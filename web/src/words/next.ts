/** What comes next, with the product it shows where the title does not name it: 商品講解 · 保濕精華. */
export const withProduct = (title: string, product: string): string => (product === '' || title.includes(product) ? title : `${title} · ${product}`)
