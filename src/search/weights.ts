// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.
// Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.
export const bias = -9.812
export const factWeights: readonly number[] = [
  0.621, // cosine
  2.848, // shareOfAsked
  2.362, // shareOfKnown
  4.824, // weightInCommon
  1.194, // orderOfAsked
  0.528, // orderOfKnown
  0.848, // lengthRatio
  -0.214, // askedIsShort
  0.465, // knownIsShort
  -0.599, // oneDenies
  -0.518, // onlyAskedAsks
  -0.535, // onlyKnownAsks
  -1.014, // askOtherThings
  -0.497, // askTheSame
]
