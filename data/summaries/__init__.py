"""Summaries: what is asked of the engine, one file per question, each ending at the release door."""
