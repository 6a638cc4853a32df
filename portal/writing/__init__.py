"""How a proposal is written and changed: versions, joint authors, photographs, references."""
