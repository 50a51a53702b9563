"""What every judge needs, and no course: the zygote loads it before it forks any."""

PRELOAD = ("grader.judge", "grader.authoring", "grader.engine.session")
