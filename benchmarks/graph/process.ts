import { GraphUnderTest } from './graph-under-test.ts'
import type { Question } from './protocol.ts'
import { measureMaps } from './yardsticks/maps.ts'
import { measureSaturation } from './yardsticks/saturation.ts'

/** A process of its own for each graph: neither heap nor compiled code is another's. */
const graphs: GraphUnderTest[] = []

process.on('message', (question: Question) => {
  void answer(question).then((value) => process.send?.(value))
})
process.once('disconnect', () => process.exit(0))

async function answer(question: Question): Promise<unknown> {
  if (question.ask === 'saturate') return measureSaturation(question.size)
  if (question.ask === 'maps') return measureMaps(question.size, question.operations)
  if (question.ask === 'open') {
    const { graph, opened } = await GraphUnderTest.open(question)
    graphs.push(graph)
    return opened
  }
  const [graph] = graphs
  if (!graph) throw new Error('a graph is opened first')
  if (question.ask === 'warm-up') return graph.warmUp(question.seconds)
  const { ask, operations } = question
  return ask === 'round' ? graph.measure(operations) : graph.measureBare(operations)
}
