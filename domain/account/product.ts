export type Product = "current" | "savings";

export const products: readonly Product[] = ["current", "savings"];

export function parseProduct(text: string): Product | undefined {
  return products.find((product) => product === text);
}
