import type { Dossier } from "../store/index.ts";

/** Writes `review.csv`. One that stands there otherwise may hold a person's work: it stays as `review-before.csv`. */
export function writeReview(dossier: Dossier, review: string | null): void {
  const earlier = dossier.exists("review.csv") ? dossier.readText("review.csv") : null;
  if (earlier !== null && earlier !== review) dossier.writeText("review-before.csv", earlier);
  if (review === null) dossier.remove("review.csv");
  else if (earlier !== review) dossier.writeText("review.csv", review);
}
