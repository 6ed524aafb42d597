"""The pure room: vocabulary, reading, keeping, summarising, releasing. It knows no screen."""
