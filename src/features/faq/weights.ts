// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.
// Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.
export const bias = -9.81
export const factWeights: readonly number[] = [
  0.755, // cosine
  2.732, // shareOfAsked
  2.236, // shareOfKnown
  4.978, // weightInCommon
  1.221, // orderOfAsked
  0.63, // orderOfKnown
  0.863, // lengthRatio
  -0.223, // askedIsShort
  0.452, // knownIsShort
  -0.502, // oneDenies
  -0.521, // onlyAskedAsks
  -0.523, // onlyKnownAsks
  -0.987, // askOtherThings
  -0.542, // askTheSame
]
