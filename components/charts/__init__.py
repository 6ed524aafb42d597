"""One chart a file: `(Released, …) -> go.Figure`, drawn from summaries only."""
