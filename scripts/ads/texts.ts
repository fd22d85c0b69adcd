// All texts that the ad filter learns from.
import { readAds, readClean, readQuestions, type Example } from './data.ts'
import { everydayLines, noise } from './everyday.ts'
import { todaysAds } from './todays.ts'

/** @param folder of the labelled texts */
export function trainingTexts(folder: string): Example[] {
  return [
    ...readAds(folder),
    ...readQuestions(folder),
    ...readClean(folder, 'learned'),
    ...everydayLines(),
    ...noise(),
    ...todaysAds(),
  ]
}
