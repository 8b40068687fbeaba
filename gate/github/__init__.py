"""GitHub: the only package that knows it, and the only one that may talk to the network."""
