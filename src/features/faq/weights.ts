// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.
// Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.
export const bias = -9.656
export const factWeights: readonly number[] = [
  1.005, // cosine
  2.242, // shareOfAsked
  1.833, // shareOfKnown
  5.169, // weightInCommon
  1.419, // orderOfAsked
  0.735, // orderOfKnown
  0.932, // lengthRatio
  -0.132, // askedIsShort
  0.565, // knownIsShort
  -0.527, // oneDenies
  -0.528, // onlyAskedAsks
  -0.551, // onlyKnownAsks
  -1.026, // askOtherThings
  -0.499, // askTheSame
]
