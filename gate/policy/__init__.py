"""From the text of a policy to what must be judged: composed, inherited, validated, cross-checked."""
