"""How good forecasts of launch days have been: rolling origin by publication time, scores, skill, calendars, one page."""
