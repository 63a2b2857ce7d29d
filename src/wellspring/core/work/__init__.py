"""Background work: who runs tasks, how a dead worker's tasks come back, what looks for work nobody enqueued."""
