"""What units that close leave behind: what there is, where each of it goes, that it is done, and that nothing is lost."""
