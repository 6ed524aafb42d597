"""What somebody could find out by asking the app again and again: attacks on whole sets of figures."""
