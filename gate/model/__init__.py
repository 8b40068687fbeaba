"""The nouns of the gate: frozen values, standard library only, no input or output."""
