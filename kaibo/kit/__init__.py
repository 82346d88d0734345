"""Impure parts that know no show words: engine, live channel, HTTP, sign-in, files."""
