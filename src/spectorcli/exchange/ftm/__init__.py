"""FollowTheMoney, to and from: what came from there goes back as it was."""
