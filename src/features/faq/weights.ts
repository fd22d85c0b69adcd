// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.
// Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.
export const bias = -9.598
export const factWeights: readonly number[] = [
  0.637, // cosine
  2.78, // shareOfAsked
  2.314, // shareOfKnown
  4.642, // weightInCommon
  1.19, // orderOfAsked
  0.493, // orderOfKnown
  0.85, // lengthRatio
  -0.215, // askedIsShort
  0.474, // knownIsShort
  -0.586, // oneDenies
  -0.505, // onlyAskedAsks
  -0.522, // onlyKnownAsks
  -1.024, // askOtherThings
  -0.521, // askTheSame
]
