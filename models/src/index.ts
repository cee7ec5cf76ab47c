export { FeatureCard, SegmentationCard } from './card.ts'
export { ciede2000, encodedOf, type Lab, labOf, linearOf } from './colour/ciede2000.ts'
export { type LoadedModel, loadFeatureModel, loadModel } from './load-model.ts'
