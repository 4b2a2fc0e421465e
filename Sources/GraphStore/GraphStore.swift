// GraphStore
