"""经营: the shop itself, its people, papers and money."""
