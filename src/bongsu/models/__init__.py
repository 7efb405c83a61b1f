"""What we believe, as data and small functions: motion, sensors, classes, hedges, policy. Stages get these handed in."""
