import GraphValues
import KeyValueStore

extension GraphState {
  mutating func verify() throws(StoreError) {}
}
