// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.
// Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.
export const bias = -13.882
export const factWeights: readonly number[] = [
  0.006, // cosine
  2.241, // shareOfAsked
  2.892, // shareOfKnown
  9.008, // weightInCommon
  1.49, // orderOfAsked
  0.334, // orderOfKnown
  0.819, // lengthRatio
  2.017, // askedIsShort
  3.017, // knownIsShort
  0.493, // rarestNotInKnown
  1.19, // rarestNotInAsked
  -0.483, // oneDenies
  -0.487, // onlyAskedAsks
  -0.435, // onlyKnownAsks
  -0.874, // askOtherThings
  -0.463, // askTheSame
  0.082, // otherNumbersOrNames
]
