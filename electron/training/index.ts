export { connectWorld } from './world-control.ts'
export { readWorldFile, trainingProfile, type WorldFile } from './world-file.ts'
export { openHall, type Hall } from './hall.ts'
export { walk, type Answers, type Journey, type Step } from './journey.ts'
