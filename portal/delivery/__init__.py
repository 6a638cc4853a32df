"""What the city does after it said yes: milestones, money, ratings, and the scoreboard."""
