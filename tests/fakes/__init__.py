"""Other people's services, played by the tests: the real protocol on a port of loopback."""
