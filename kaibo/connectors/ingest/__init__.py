"""The documented ingest endpoint: audience events and orders as JSON from anybody with a token."""
