"""The improvement register (sổ cải tiến): the list, one entry with its life, and what is entered in it."""
