"""The fictitious province of the demo, as data. Every name in it is invented."""
