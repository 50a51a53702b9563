"""Which submissions of a class are alike: evidence with both sides for instructors, never a verdict. Runs nothing."""
