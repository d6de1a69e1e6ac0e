"""Pages of quality systems: which agency has one declared, one system with its stages and members."""
